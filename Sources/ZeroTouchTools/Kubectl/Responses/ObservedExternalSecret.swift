package import ZeroTouchModel

/// An ExternalSecret as far as zerotouch looks at it.
package struct ObservedExternalSecret: ClusterObject {
  package static let resource = "externalsecrets.external-secrets.io"

  package let metadata: ObjectMetadata
  /// The store it reads, where it names one for all of its keys.
  package let store: ObservedSecretStore.Reference?
  /// The Secret it makes; nil where it makes none.
  package let target: String?
  /// Whether the Secret holds something else than the values themselves.
  package let isTemplated: Bool
  /// What is read, as it stands there.
  package let entries: [JSONValue]
  package let refreshInterval: Duration
  package let ready: ObjectCondition?
  /// When it was last read, in RFC 3339.
  package let refreshTime: String
  /// What it was when it was last read.
  package let syncedVersion: String

  package init?(_ json: JSONValue) {
    guard json["kind"]?.stringValue == "ExternalSecret", let metadata = ObjectMetadata(json) else { return nil }
    let (spec, status) = (json["spec"] ?? [:], json["status"] ?? [:])
    self.metadata = metadata
    store = spec["secretStoreRef"].flatMap {
      ObservedSecretStore.Reference($0, namespace: metadata.namespace ?? "")
    }
    let policy = spec[path: "target", "creationPolicy"]?.stringValue
    target = policy == "None" ? nil : spec[path: "target", "name"]?.stringValue ?? metadata.name
    isTemplated =
      spec[path: "target", "template", "data"] != nil || spec[path: "target", "template", "templateFrom"] != nil
    entries = spec["data"]?.arrayValue ?? []
    refreshInterval = (spec["refreshInterval"]?.stringValue ?? "1h").goDuration ?? .zero
    ready = ObjectCondition.all(of: json).named("Ready")
    refreshTime = status["refreshTime"]?.stringValue ?? ""
    syncedVersion = status["syncedResourceVersion"]?.stringValue ?? ""
  }

  /// Whether the last reading went well.
  package var isSynced: Bool { ready?.isTrue == true && ready?.reason == "SecretSynced" }
  /// The name with its namespace.
  package var title: String { "\(metadata.namespace ?? "")/\(metadata.name)" }
}

extension String {
  /// A duration as Go writes it, such as `1h0m0s`; nil for anything else.
  fileprivate var goDuration: Duration? { self == "0" ? .zero : Duration(words: self) }
}
