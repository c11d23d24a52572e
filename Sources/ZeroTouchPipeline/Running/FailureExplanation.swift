import ZeroTouchDiagnosis
import ZeroTouchModel
import ZeroTouchTools

/// Looks for the cause when steps have failed: in what they said, and in the world. It only reads, within a bound, and
/// whatever becomes of it, the failures stay what they were.
struct FailureExplanation: Sendable {
  private let environment: PipelineEnvironment
  private let plan: BootstrapPlan
  private let core: PipelineCore
  private let narrator: Narrator

  init(_ environment: PipelineEnvironment, _ plan: BootstrapPlan, _ core: PipelineCore, _ narrator: Narrator) {
    (self.environment, self.plan, self.core, self.narrator) = (environment, plan, core, narrator)
  }

  /// The diagnosis, clear of secrets; nil where nothing failed that the world could explain, or nothing explains it.
  func diagnosis() async -> Diagnosis? {
    let failures = failures
    guard !core.wasInterrupted, !Task.isCancelled, let last = failures.last else { return nil }
    let isOpen = failures.contains { $0.failure.isClosedGate || $0.failure.isUnanswered }
    var seen = isOpen ? await examination() : Examination()
    for (step, failure) in failures.reversed() {
      seen = seen.hearing("\(failure)".inOneLine, of: "`\(step)`")
    }
    let focus = failures.map { "\($0.failure)" }.joined(separator: "\n")
    let clean = narrator.clean(Diagnosis(of: seen, focus: focus))
    guard let summary = clean.summary else { return nil }
    narrator.say(.explained(last.step, causes: clean.causes.map(\.failure.id), summary))
    return clean
  }

  private var failures: [(step: StepID, failure: StepFailure)] {
    plan.steps.compactMap { step in
      guard case .failed(let failure)? = core.end(of: step.id), failure.isExplicable else { return nil }
      return (step.id, failure)
    }
  }

  private func examination() async -> Examination {
    guard var cluster = plan.examined else { return Examination() }
    // Before these files are there, nobody has got as far as their APIs.
    if let kubectl = cluster.kubectl, environment.workspace.contents(of: kubectl.kubeconfig) == nil {
      cluster.kubectl = nil
    }
    if let talosctl = cluster.talosctl, environment.workspace.contents(of: talosctl.talosconfig) == nil {
      cluster.talosctl = nil
    }
    let early = Set(plan.steps.filter(isYetToConfigure).compactMap(\.node))
    cluster.nodes.removeAll { early.contains($0.name) }
    return await Examiner(tools: environment.tools, clock: environment.clock, bound: environment.examination)
      .examine(cluster)
  }

  /// Whether a step would give its machine a configuration, and nobody has tried; such a machine knows nobody.
  private func isYetToConfigure(_ step: Step) -> Bool {
    let stages = [ApplyConfigStage.name, JoinControlPlaneStage.name, JoinWorkerStage.name]
    return stages.contains(step.stage) && core.end(of: step.id) == .notStarted
  }
}

extension StepFailure {
  /// Whether a program found nobody who answers, although it was tried again and again.
  fileprivate var isUnanswered: Bool {
    guard case .tool(.exited(let invocation, let output)) = self else { return false }
    switch invocation.tool {
    case "kubectl": return ToolFailure(kubectl: output.errorText).kind == .unreachable
    case "talosctl": return ToolFailure(talosctl: output.errorText).kind == .unreachable
    default: return false
    }
  }

  /// Whether the world, or a program's words, may explain it; what is wrong with input or files explains itself.
  fileprivate var isExplicable: Bool {
    switch self {
    case .tool, .timedOut, .blocked, .unreachable: true
    case .refused, .composition, .wrongInput, .secret, .file: false
    }
  }
}
