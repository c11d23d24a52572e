package import ZeroTouchDiagnosis

/// A bootstrap as a value: its steps, and nothing that has been done yet.
package struct BootstrapPlan: Sendable {
  package let cluster: String
  package let steps: [Step]
  /// Whether a step of one node that fails leaves the other nodes' steps alone.
  package var isolatesNodes = false
  /// Where the cause of a failure is looked for; nil where nobody looks.
  package let examined: ExaminedCluster?

  package init(cluster: String, steps: [Step], examined: ExaminedCluster? = nil) {
    self.cluster = cluster
    self.steps = steps
    self.examined = examined
  }

  package subscript(id: StepID) -> Step? { steps.first { $0.id == id } }

  /// The plan without some steps; what needed one of them needs what that one needed.
  package func removing(where isRemoved: (Step) -> Bool) -> BootstrapPlan {
    let removed = Dictionary(steps.filter(isRemoved).map { ($0.id, $0.needs) }, uniquingKeysWith: { first, _ in first })
    let kept = steps.filter { removed[$0.id] == nil }.map { step in
      var copy = step
      copy.needs = Self.resolve(step.needs, through: removed)
      return copy
    }
    return BootstrapPlan(cluster: cluster, steps: kept, examined: examined)
  }

  /// The plan with every step behind an anchor: a need that is no step is dropped, and who is left without any needs
  /// the anchor. Without machines, the stages that would have made them leave such gaps.
  func anchored(at anchor: StepID) -> BootstrapPlan {
    let known = Set(steps.map(\.id))
    let anchored = steps.map { step in
      var copy = step
      copy.needs = step.needs.filter(known.contains)
      if copy.needs.isEmpty, copy.id != anchor { copy.needs = [anchor] }
      return copy
    }
    return BootstrapPlan(cluster: cluster, steps: anchored, examined: examined)
  }

  /// Only the steps that add workers to a cluster that runs. They never make a PKI: a worker with a new one would not
  /// be let in, and the cluster's own may lie on another laptop.
  package func joining(workers names: Set<String>) -> BootstrapPlan {
    let stages: Set = [PreflightStage.name, RenderStage.name, InstallOSStage.name, JoinWorkerStage.name]
    let plan = removing { step in
      guard stages.contains(step.stage) else { return true }
      guard let node = step.node else { return false }
      return !names.contains(node)
    }
    return BootstrapPlan(cluster: cluster, steps: plan.steps.map(RenderStage.keepingPKI), examined: examined)
  }

  /// Only the last look at the cluster; it changes nothing.
  package var validating: BootstrapPlan { removing { $0.stage != ValidateStage.name } }

  /// Whether no step does anything, whatever it sees; such a plan may run beside any other.
  package var onlyLooks: Bool {
    steps.allSatisfy { step in
      Observation.State.allCases.allSatisfy { step.action.response(to: $0).operations.isEmpty }
    }
  }

  /// The stages in order, each once.
  package var stages: [String] {
    var seen: Set<String> = []
    return steps.map(\.stage).filter { seen.insert($0).inserted }
  }

  /// The steps so that each comes after what it needs; where several could come, the plan's own order decides.
  package var inOrder: [Step] { ordered { $0.needs } }

  /// The steps so that each comes after all that its expected duration presupposes.
  var inTime: [Step] { ordered { $0.needs + $0.expectedAfter } }

  private func ordered(by predecessors: (Step) -> [StepID]) -> [Step] {
    var left = steps
    var done: Set<StepID> = []
    let known = Set(steps.map(\.id))
    var ordered: [Step] = []
    while !left.isEmpty {
      let ready = left.filter { predecessors($0).allSatisfy { done.contains($0) || !known.contains($0) } }
      guard !ready.isEmpty else { return ordered }
      ordered += ready
      done.formUnion(ready.map(\.id))
      left.removeAll { done.contains($0.id) }
    }
    return ordered
  }

  private static func resolve(_ needs: [StepID], through removed: [StepID: [StepID]]) -> [StepID] {
    var result: [StepID] = []
    var open = needs
    var seen: Set<StepID> = []
    while let need = open.popLast() {
      guard seen.insert(need).inserted else { continue }
      if let inherited = removed[need] { open += inherited } else { result.append(need) }
    }
    return result.sorted()
  }
}
