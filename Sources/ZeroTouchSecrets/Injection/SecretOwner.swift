package import ZeroTouchModel

/// Who makes a Secret that is in the cluster already, where it is neither zerotouch nor somebody's own hand.
package enum SecretOwner: Sendable, Hashable, CustomStringConvertible {
  case externalSecret(String)
  /// Another object, as `Kind/name`.
  case object(String)
  /// An Application of Argo CD.
  case application(String)
  case helmRelease(String)
  /// A program, by the name under which it owns the data.
  case program(String)

  /// Reads it out of owner references, the managers of the data, and the marks that deploying programs leave.
  package init?(of secret: JSONValue, ourselves: String) {
    let metadata = secret["metadata"] ?? [:]
    if let owner = metadata["ownerReferences"]?.arrayValue?.first {
      let (kind, name) = (owner["kind"]?.stringValue ?? "", owner["name"]?.stringValue ?? "")
      self = kind == "ExternalSecret" ? .externalSecret(name) : .object("\(kind)/\(name)")
      return
    }
    let managers = Self.managers(of: metadata)
    guard !managers.contains(ourselves) else { return nil }
    if let mark = metadata[path: "annotations", "argocd.argoproj.io/tracking-id"]?.stringValue {
      self = .application(String(mark.prefix { $0 != ":" }))
    } else if let release = metadata[path: "annotations", "meta.helm.sh/release-name"]?.stringValue {
      self = .helmRelease(release)
    } else if let manager = managers.first(where: { !$0.hasPrefix("kubectl") }) {
      self = .program(manager)
    } else {
      return nil
    }
  }

  /// Whether a manager holds the data of a Secret.
  package static func isMade(_ secret: JSONValue, by manager: String) -> Bool {
    managers(of: secret["metadata"] ?? [:]).contains(manager)
  }

  private static func managers(of metadata: JSONValue) -> [String] {
    let fields = metadata["managedFields"]?.arrayValue ?? []
    return fields.filter { $0[path: "fieldsV1", "f:data"] != nil }.compactMap { $0["manager"]?.stringValue }.sorted()
  }

  package var description: String {
    switch self {
    case .externalSecret(let name): "the ExternalSecret `\(name)`"
    case .object(let name): "`\(name)`"
    case .application(let name): "the Application `\(name)`"
    case .helmRelease(let name): "the Helm release `\(name)`"
    case .program(let name): "`\(name)`"
    }
  }
}
