import ZeroTouchTools

/// Whether a workload is where it wants to be, by its controller's own figures and never by the pods found.
enum WorkloadJudgement {
  static func judge(_ workload: (some ObservedWorkload)?, named name: String, _ pods: PodDiagnosis) -> GateAnswer {
    guard let workload else { return .waiting("\(name) does not exist") }
    guard let shortfall = shortfall(of: workload) else {
      return .open("\(workload.available) of \(workload.wanted) available")
    }
    let cause = failure(of: workload) ?? pods.cause(selector: workload.selector)
    return .waiting("\(name): \(shortfall)" + (cause.map { "; \($0)" } ?? ""))
  }

  /// What is missing; nil when nothing is. Zero wanted is never enough: a DaemonSet without nodes is 0 of 0.
  static func shortfall(of workload: some ObservedWorkload) -> String? {
    if !workload.isObserved { return "its controller has not seen its present specification" }
    if workload.wanted == 0 { return "it wants no pods" }
    if workload.updated < workload.wanted { return "\(workload.updated) of \(workload.wanted) updated" }
    if workload.available < workload.wanted || workload.ready < workload.wanted {
      return "\(min(workload.available, workload.ready)) of \(workload.wanted) available"
    }
    return nil
  }

  /// Why no pod could even be made, such as a refusal by pod security.
  private static func failure(of workload: some ObservedWorkload) -> String? {
    guard let deployment = workload as? ObservedDeployment else { return nil }
    return deployment.conditions.named("ReplicaFailure").flatMap { $0.isTrue ? $0.message : nil }
  }
}
