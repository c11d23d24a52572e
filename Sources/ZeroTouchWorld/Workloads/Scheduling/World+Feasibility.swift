import ZeroTouchModel

/// Which nodes may take a pod, or the scheduler's sentence why none may.
struct SchedulingVerdict: Sendable {
  var feasible: [String] = []
  var message = ""
}

/// Why a node may not take a pod, in the words of the scheduler's filters and in their order.
struct NodeRefusal: Sendable, Hashable {
  let reason: String
  /// Whether pods could be driven off to make room.
  let preemptionMayHelp: Bool

  static let unschedulable = NodeRefusal(reason: "node(s) were unschedulable", preemptionMayHelp: false)
  static let taint = NodeRefusal(reason: "node(s) had untolerated taint(s)", preemptionMayHelp: false)
  static let selector = NodeRefusal(
    reason: "node(s) didn't match Pod's node affinity/selector", preemptionMayHelp: false)
  static let elsewhere = NodeRefusal(
    reason: "node(s) didn't satisfy plugin(s) [NodeAffinity]", preemptionMayHelp: false)
  static let ports = NodeRefusal(
    reason: "node(s) didn't have free ports for the requested pod ports", preemptionMayHelp: true)
  static let tooManyPods = NodeRefusal(reason: "Too many pods", preemptionMayHelp: true)
  static let volume = NodeRefusal(
    reason: "node(s) didn't match PersistentVolume's node affinity", preemptionMayHelp: false)
  static let affinity = NodeRefusal(reason: "node(s) didn't match pod affinity rules", preemptionMayHelp: false)
  static let antiAffinity = NodeRefusal(
    reason: "node(s) didn't match pod anti-affinity rules", preemptionMayHelp: true)
  static let existingAntiAffinity = NodeRefusal(
    reason: "node(s) didn't satisfy existing pods anti-affinity rules", preemptionMayHelp: true)
}

extension World {
  /// Holds every node against what the pod asks.
  func feasibility(of request: SchedulingRequest) -> SchedulingVerdict {
    let nodes = candidates(for: request)
    let total = index.nodes.count
    guard total > 0 else { return SchedulingVerdict(message: "no nodes available to schedule pods") }
    if let problem = claimProblem(of: request) {
      let refusal = NodeRefusal(reason: problem, preemptionMayHelp: false)
      return SchedulingVerdict(message: Self.sentence(total, " \(problem).", [refusal: total]))
    }
    var verdict = SchedulingVerdict()
    var refusals: [NodeRefusal: Int] = [:]
    let topology = PodTopology(request, in: self)
    for node in nodes {
      if let refusal = refusal(of: node, request, topology) {
        refusals[refusal, default: 0] += 1
      } else {
        verdict.feasible.append(node.name)
      }
    }
    if verdict.feasible.isEmpty {
      if total > nodes.count { refusals[.elsewhere, default: 0] += total - nodes.count }
      let reasons = refusals.map { "\($0.value) \($0.key.reason)" }.sorted().joined(separator: ", ")
      verdict.message = Self.sentence(total, " \(reasons).", refusals)
    }
    return verdict
  }

  private func candidates(for request: SchedulingRequest) -> [NodeRecord] {
    if let name = request.pinnedNode { return index.nodes[name].map { [$0] } ?? [] }
    return Array(index.nodes.values)
  }

  private func refusal(of node: NodeRecord, _ request: SchedulingRequest, _ topology: PodTopology) -> NodeRefusal? {
    if node.isUnschedulable, !request.tolerates(Taint(Taint.unschedulable, .noSchedule)) { return .unschedulable }
    let keepsOff = node.taints.contains { $0.effect != .preferNoSchedule && !request.tolerates($0) }
    if keepsOff { return .taint }
    if !request.selects(node) { return .selector }
    let pods = index.pods(on: node.name)
    if !request.pod.hostPorts.isEmpty, hasPortConflict(request.pod.hostPorts, pods) { return .ports }
    if pods.count >= node.podCapacity { return .tooManyPods }
    if !volumesReach(node, request) { return .volume }
    return topology.refusal(of: node)
  }

  private func hasPortConflict(_ wanted: Set<HostPort>, _ pods: Set<ObjectKey>) -> Bool {
    pods.contains { key in
      guard let pod = index.pods[key], pod.phase != .succeeded, pod.phase != .failed else { return false }
      return !pod.hostPorts.isDisjoint(with: wanted)
    }
  }

  /// `0/N nodes are available: …` with what preemption would say.
  private static func sentence(_ total: Int, _ reasons: String, _ refusals: [NodeRefusal: Int]) -> String {
    let helpless = refusals.filter { !$0.key.preemptionMayHelp }.values.reduce(0, +)
    let parts = [
      (total - helpless, "No preemption victims found for incoming pod"),
      (helpless, "Preemption is not helpful for scheduling"),
    ]
    let preemption = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.sorted().joined(separator: ", ")
    return "0/\(total) nodes are available:\(reasons) no new claims to deallocate, "
      + "preemption: 0/\(total) nodes are available: \(preemption)."
  }
}
