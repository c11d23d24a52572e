package import ZeroTouchModel

/// An Argo CD Application: how far it is and what Argo CD says about it.
package struct ObservedApplication: ClusterObject {
  package static let resource = "applications.argoproj.io"

  /// What happened to one object in the latest sync.
  package struct SyncedResource: Sendable, Hashable {
    package let kind: String
    package let namespace: String
    package let name: String
    package let status: String
    package let hookPhase: String
    package let message: String

    package var hasFailed: Bool { status == "SyncFailed" || ["Failed", "Error"].contains(hookPhase) }
  }

  package let metadata: ObjectMetadata
  package let sync: String
  package let health: String
  package let healthMessage: String
  /// The revisions that were last compared, one for each source.
  package let revisions: [String]
  package let operationPhase: String?
  package let operationMessage: String
  /// Conditions as `type: message`.
  package let conditions: [String]
  package let resources: [SyncedResource]

  package init?(_ json: JSONValue) {
    guard let metadata = ObjectMetadata(json) else { return nil }
    self.metadata = metadata
    let status = json["status"]
    sync = status?[path: "sync", "status"]?.stringValue ?? "Unknown"
    health = status?[path: "health", "status"]?.stringValue ?? "Unknown"
    healthMessage = status?[path: "health", "message"]?.stringValue ?? ""
    let several = status?[path: "sync", "revisions"]?.arrayValue?.compactMap(\.stringValue) ?? []
    revisions = several.isEmpty ? [status?[path: "sync", "revision"]?.stringValue].compactMap(\.self) : several
    let operation = status?["operationState"]
    operationPhase = operation?["phase"]?.stringValue
    operationMessage = operation?["message"]?.stringValue ?? ""
    conditions = (status?["conditions"]?.arrayValue ?? []).map {
      "\($0["type"]?.stringValue ?? ""): \($0["message"]?.stringValue ?? "")"
    }
    resources = (operation?[path: "syncResult", "resources"]?.arrayValue ?? []).map(Self.resource)
  }

  private static func resource(_ json: JSONValue) -> SyncedResource {
    func text(_ key: String) -> String { json[key]?.stringValue ?? "" }
    return SyncedResource(
      kind: text("kind"), namespace: text("namespace"), name: text("name"), status: text("status"),
      hookPhase: text("hookPhase"), message: text("message"))
  }
}
