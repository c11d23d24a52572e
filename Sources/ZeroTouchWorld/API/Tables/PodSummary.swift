import ZeroTouchModel

/// A pod in the words of `kubectl get pods`.
struct PodSummary {
  private let pod: JSONValue

  init(_ pod: JSONValue) { self.pod = pod }

  private var containers: [JSONValue] { pod[path: "status", "containerStatuses"]?.arrayValue ?? [] }

  /// Ready containers out of all.
  var ready: String {
    let all = pod[path: "spec", "containers"]?.arrayValue?.count ?? 0
    return "\(containers.count { $0["ready"] == true })/\(all)"
  }

  var restarts: Int { containers.reduce(0) { $0 + ($1["restartCount"]?.intValue ?? 0) } }

  /// The phase, or what holds the pod up.
  var status: String {
    if pod[path: "metadata", "deletionTimestamp"] != nil { return "Terminating" }
    for (index, status) in (pod[path: "status", "initContainerStatuses"]?.arrayValue ?? []).enumerated() {
      if status[path: "state", "terminated", "exitCode"] == 0 { continue }
      if let reason = status[path: "state", "waiting", "reason"]?.stringValue, reason != "PodInitializing" {
        return "Init:\(reason)"
      }
      return "Init:\(index)/\(pod[path: "spec", "initContainers"]?.arrayValue?.count ?? 0)"
    }
    for status in containers.reversed() {
      if let reason = status[path: "state", "waiting", "reason"]?.stringValue { return reason }
      if let reason = status[path: "state", "terminated", "reason"]?.stringValue { return reason }
    }
    return pod[path: "status", "reason"]?.stringValue ?? pod[path: "status", "phase"]?.stringValue ?? "Pending"
  }
}

/// A node in the words of `kubectl get nodes`.
struct NodeSummary {
  private let node: JSONValue
  private static let rolePrefix = "node-role.kubernetes.io/"

  init(_ node: JSONValue) { self.node = node }

  var status: String {
    let conditions = node[path: "status", "conditions"]?.arrayValue ?? []
    let ready = conditions.first { $0["type"] == "Ready" }?["status"]?.stringValue
    let text = ready == nil ? "Unknown" : ready == "True" ? "Ready" : "NotReady"
    return text + (node[path: "spec", "unschedulable"] == true ? ",SchedulingDisabled" : "")
  }

  var roles: String {
    let labels = node[path: "metadata", "labels"]?.stringMap ?? [:]
    let roles = labels.keys.filter { $0.hasPrefix(Self.rolePrefix) }.map { String($0.dropFirst(Self.rolePrefix.count)) }
    return roles.isEmpty ? "<none>" : roles.sorted().joined(separator: ",")
  }
}
