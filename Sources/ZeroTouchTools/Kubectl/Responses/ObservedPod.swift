package import ZeroTouchModel

/// A Pod: whether it is ready, and if not, why.
package struct ObservedPod: ClusterObject {
  package static let resource = "pods"

  /// A container that waits, with the kubelet's reason.
  package struct WaitingContainer: Sendable, Hashable {
    package let container: String
    package let reason: String
    package let message: String
    package let restarts: Int
  }

  /// A container of which a run has ended, with how its last one did.
  package struct EndedContainer: Sendable, Hashable {
    package let container: String
    package let exitCode: Int
    package let reason: String
    package let message: String
  }

  package let metadata: ObjectMetadata
  package let phase: String
  package let node: String?
  package let conditions: [ObjectCondition]
  package let waiting: [WaitingContainer]
  package let ended: [EndedContainer]
  /// The names of its containers; those that prepare it are not among them.
  package let containers: Set<String>
  /// The containers that are not ready, those that prepare it with them.
  package let unready: Set<String>

  package init?(_ json: JSONValue) {
    guard let metadata = ObjectMetadata(json) else { return nil }
    self.metadata = metadata
    phase = json[path: "status", "phase"]?.stringValue ?? ""
    node = json[path: "spec", "nodeName"]?.stringValue
    conditions = ObjectCondition.all(of: json)
    let statuses = ["initContainerStatuses", "containerStatuses"].flatMap {
      json[path: "status", $0]?.arrayValue ?? []
    }
    waiting = statuses.compactMap(Self.waiting)
    ended = statuses.compactMap(Self.ended)
    let names = { (statuses: [JSONValue]) in Set(statuses.compactMap { $0["name"]?.stringValue }) }
    containers = names(json[path: "status", "containerStatuses"]?.arrayValue ?? [])
    unready = names(statuses.filter { $0["ready"] != true })
  }

  private static func ended(_ status: JSONValue) -> EndedContainer? {
    let own = status[path: "state", "terminated"] ?? status[path: "lastState", "terminated"]
    guard let end = own, let exitCode = end["exitCode"]?.intValue, exitCode != 0 else { return nil }
    return EndedContainer(
      container: status["name"]?.stringValue ?? "", exitCode: exitCode, reason: end["reason"]?.stringValue ?? "",
      message: end["message"]?.stringValue ?? "")
  }

  private static func waiting(_ status: JSONValue) -> WaitingContainer? {
    guard let state = status[path: "state", "waiting"], let reason = state["reason"]?.stringValue else { return nil }
    return WaitingContainer(
      container: status["name"]?.stringValue ?? "", reason: reason, message: state["message"]?.stringValue ?? "",
      restarts: status["restartCount"]?.intValue ?? 0)
  }

  package var isReady: Bool { conditions.named("Ready")?.isTrue ?? false }

  /// Whether every label of a selector stands on the pod.
  package func matches(_ selector: [String: String]) -> Bool {
    !selector.isEmpty && selector.allSatisfy { metadata.labels[$0.key] == $0.value }
  }
}
