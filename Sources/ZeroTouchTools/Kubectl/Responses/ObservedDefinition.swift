package import ZeroTouchModel

/// A CustomResourceDefinition: whether its kind is served.
package struct ObservedDefinition: ClusterObject {
  package static let resource = "customresourcedefinitions.apiextensions.k8s.io"

  package let metadata: ObjectMetadata
  package let conditions: [ObjectCondition]
  package let servedVersions: [String]

  package init?(_ json: JSONValue) {
    guard let metadata = ObjectMetadata(json) else { return nil }
    self.metadata = metadata
    conditions = ObjectCondition.all(of: json)
    servedVersions = (json[path: "spec", "versions"]?.arrayValue ?? [])
      .filter { $0["served"]?.boolValue == true }.compactMap { $0["name"]?.stringValue }
  }

  package var isEstablished: Bool { conditions.named("Established")?.isTrue ?? false }
}

/// A GatewayClass: whether a controller took it.
package struct ObservedGatewayClass: ClusterObject {
  package static let resource = "gatewayclasses.gateway.networking.k8s.io"

  package let metadata: ObjectMetadata
  package let conditions: [ObjectCondition]

  package init?(_ json: JSONValue) {
    guard let metadata = ObjectMetadata(json) else { return nil }
    self.metadata = metadata
    conditions = ObjectCondition.all(of: json)
  }
}

/// A Secret without its values: that it exists, and which keys it has.
package struct ObservedSecret: ClusterObject {
  package static let resource = "secrets"

  package let metadata: ObjectMetadata
  package let type: String
  package let keys: [String]

  package init?(_ json: JSONValue) {
    guard let metadata = ObjectMetadata(json) else { return nil }
    self.metadata = metadata
    type = json["type"]?.stringValue ?? ""
    keys = (json["data"]?.objectValue ?? [:]).keys.sorted()
  }
}

/// An Event: what somebody saw happen to an object.
package struct ObservedEvent: ClusterObject {
  package static let resource = "events"

  package let metadata: ObjectMetadata
  package let type: String
  package let reason: String
  package let message: String
  /// The object it is about, as `Kind/name`.
  package let subject: String

  package init?(_ json: JSONValue) {
    guard let metadata = ObjectMetadata(json) else { return nil }
    self.metadata = metadata
    type = json["type"]?.stringValue ?? ""
    reason = json["reason"]?.stringValue ?? ""
    message = json["message"]?.stringValue ?? ""
    let about = json["involvedObject"]
    subject = "\(about?["kind"]?.stringValue ?? "")/\(about?["name"]?.stringValue ?? "")"
  }
}
