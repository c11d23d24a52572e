package import ZeroTouchModel

/// An object of a Kubernetes API as far as zerotouch looks at it.
package protocol ClusterObject: Sendable, Hashable {
  /// The resource kubectl is asked for, with its group.
  static var resource: String { get }
  var metadata: ObjectMetadata { get }
  /// Decodes the fields that are used; nil when the document is no such object.
  init?(_ json: JSONValue)
}

extension ClusterObject {
  package var name: String { metadata.name }
}

/// What stands in every object's `metadata`, as far as it is used.
package struct ObjectMetadata: Sendable, Hashable {
  package let name: String
  package let namespace: String?
  package let uid: String
  package let generation: Int
  package let resourceVersion: String
  package let labels: [String: String]
  package let annotations: [String: String]
  package let isBeingDeleted: Bool
  /// The names of the owners, each as `Kind/name`.
  package let owners: [String]

  package init?(_ json: JSONValue) {
    guard let metadata = json["metadata"], let name = metadata["name"]?.stringValue else { return nil }
    self.name = name
    namespace = metadata["namespace"]?.stringValue
    uid = metadata["uid"]?.stringValue ?? ""
    generation = metadata["generation"]?.intValue ?? 0
    resourceVersion = metadata["resourceVersion"]?.stringValue ?? ""
    labels = metadata["labels"]?.stringMap ?? [:]
    annotations = metadata["annotations"]?.stringMap ?? [:]
    isBeingDeleted = metadata["deletionTimestamp"]?.stringValue != nil
    owners = (metadata["ownerReferences"]?.arrayValue ?? []).compactMap { owner in
      guard let kind = owner["kind"]?.stringValue, let name = owner["name"]?.stringValue else { return nil }
      return "\(kind)/\(name)"
    }
  }
}

/// One condition of an object's status.
package struct ObjectCondition: Sendable, Hashable {
  package let type: String
  package let status: String
  package let reason: String
  package let message: String
  /// When the status last changed, in RFC 3339.
  package let since: String

  package var isTrue: Bool { status == "True" }

  init(_ json: JSONValue) {
    type = json["type"]?.stringValue ?? ""
    status = json["status"]?.stringValue ?? ""
    reason = json["reason"]?.stringValue ?? ""
    message = json["message"]?.stringValue ?? ""
    since = json["lastTransitionTime"]?.stringValue ?? ""
  }

  static func all(of object: JSONValue) -> [Self] {
    (object[path: "status", "conditions"]?.arrayValue ?? []).map(Self.init)
  }
}

extension [ObjectCondition] {
  package func named(_ type: String) -> ObjectCondition? { first { $0.type == type } }
}
