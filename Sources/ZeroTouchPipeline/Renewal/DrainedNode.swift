import ZeroTouchModel
import ZeroTouchTools

/// Whether a node was drained: no pod may come to it, and none is left that could run elsewhere.
enum DrainedNode {
  /// What is asked beside the Node.
  static func question(_ kubectl: Kubectl) -> Question { .run(kubectl.list("pods", .allNamespaces)) }

  /// Judges a Node and the list of all pods.
  static func judge(_ node: ObservedNode, _ pods: Answer?) -> Observation {
    guard node.isCordoned else { return .missing("\(node.name) takes pods") }
    guard let output = pods?.success, let list = try? JSONValue(parsing: output.standardOutput) else {
      return .unreachable(pods?.complaint ?? "nobody looked at its pods")
    }
    let left = (list["items"]?.arrayValue ?? []).count { isMovable($0, from: node.name) }
    return left == 0
      ? .done("\(node.name) takes no pods, and has none that could run elsewhere")
      : .missing("\(left) pod(s) of \(node.name) could run elsewhere")
  }

  /// Those of a DaemonSet and those that the kubelet has from files stay, as `kubectl drain --ignore-daemonsets` leaves
  /// them; those that have ended are nobody's loss.
  private static func isMovable(_ pod: JSONValue, from node: String) -> Bool {
    let owners = pod[path: "metadata", "ownerReferences"]?.arrayValue ?? []
    return pod[path: "spec", "nodeName"]?.stringValue == node
      && !owners.contains { $0["kind"] == "DaemonSet" }
      && pod[path: "metadata", "annotations", "kubernetes.io/config.mirror"] == nil
      && !["Succeeded", "Failed"].contains(pod[path: "status", "phase"]?.stringValue)
  }
}
