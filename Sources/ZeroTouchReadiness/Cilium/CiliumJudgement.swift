import ZeroTouchTools

/// What the figures of Cilium's workloads mean for a cluster of these nodes.
enum CiliumJudgement {
  /// The taints a Cilium operator tolerates.
  private static let tolerated: Set<String> = [
    "node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master", "node.kubernetes.io/not-ready",
    "node.cloudprovider.kubernetes.io/uninitialized", "node.cilium.io/agent-not-ready",
  ]

  /// What the agents' pods are known by.
  static let agentLabels = ["k8s-app": "cilium"]

  static func agent(_ pod: ObservedPod?) -> GateAnswer {
    guard let pod else { return .waiting("no agent was started there yet") }
    if pod.isReady { return .open("ready") }
    return .waiting(PodDiagnosis(of: .seen([pod])).cause(selector: agentLabels) ?? "pod `\(pod.name)` is not ready")
  }

  static func agents(_ agents: ObservedDaemonSet?, _ nodes: [ObservedNode], _ pods: PodDiagnosis) -> GateAnswer {
    guard let agents else { return .waiting("DaemonSet `kube-system/cilium` does not exist") }
    guard !nodes.isEmpty else { return .waiting("no node is registered") }
    let figures = "\(agents.ready) of \(nodes.count) agents ready"
    if !agents.isObserved { return .waiting("\(figures); the controller has not seen the present specification") }
    if agents.wanted != nodes.count { return .waiting("\(figures); the DaemonSet wants \(agents.wanted)") }
    if agents.ready == nodes.count, agents.updated == nodes.count { return .open(figures) }
    if agents.ready == nodes.count { return .waiting("\(figures); \(agents.updated) of them updated") }
    return .waiting(figures + (pods.cause(selector: agents.selector).map { "; \($0)" } ?? ""))
  }

  /// Two operators never share a node, so on a small cluster fewer than wanted are all there can be.
  static func operators(
    _ operators: ObservedDeployment?, _ nodes: [ObservedNode], _ pods: PodDiagnosis
  ) -> GateAnswer {
    guard let operators else { return .waiting("Deployment `kube-system/cilium-operator` does not exist") }
    guard operators.isObserved else { return .waiting("the controller has not seen the operator's specification") }
    guard operators.wanted > 0 else { return .waiting("the Deployment wants no operator") }
    let places = nodes.count { !$0.isCordoned && tolerated.isSuperset(of: $0.taints) }
    let needed = max(1, min(operators.wanted, places))
    let figures = "\(operators.ready) of \(operators.wanted) operators ready"
    guard operators.ready >= needed else {
      let cause = pods.cause(selector: operators.selector).map { "; \($0)" } ?? ""
      return .waiting("\(figures), \(needed) needed\(cause)")
    }
    guard operators.ready < operators.wanted else { return .open(figures) }
    let why = pods.unschedulable(selector: operators.selector).map { "; \($0)" } ?? ""
    return .open("\(figures), as many as \(places) schedulable node\(places == 1 ? "" : "s") can hold\(why)")
  }
}
