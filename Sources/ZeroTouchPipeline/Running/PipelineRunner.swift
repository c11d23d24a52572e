import Synchronization
import ZeroTouchDiagnosis
import ZeroTouchModel

/// Performs plans: takes the commands of the pure core, starts programs, waits for gates, and tells the core what came
/// of it. All decisions are the core's; all effects go through the environment.
///
/// Cancelling the task ends every running program and gate, says where the run stopped, and throws
/// `PipelineError.interrupted`. The workspace's lock keeps a second run of the same cluster away.
package struct PipelineRunner: Sendable {
  /// How often a lock that somebody else holds is tried.
  private static let betweenTries = Duration.seconds(1)
  private let environment: PipelineEnvironment
  private let seed: UInt64
  private let holder: String
  private let patience: Duration

  /// `seed` fixes the order of what may start at once; `holder` names this run to others that want the lock;
  /// `patience` is how long it waits for one of those.
  package init(
    _ environment: PipelineEnvironment, seed: UInt64 = 0, holder: String = "zerotouch", patience: Duration = .zero
  ) {
    self.patience = patience
    self.environment = environment
    self.seed = seed
    self.holder = holder
  }

  /// Performs the plan to its end.
  package func run(_ plan: BootstrapPlan) async throws(PipelineError) -> RunReport {
    let isFirst = !environment.workspace.exists
    let lock = plan.onlyLooks ? nil : try await lock()
    defer { lock?.release() }
    do {
      return try await perform(plan)
    } catch {
      // A first run that was refused before anything was touched leaves nothing behind; while it holds the lock, nobody
      // else can have put anything there.
      if isFirst, case .preflight = error { environment.workspace.remove() }
      throw error
    }
  }

  private func perform(_ plan: BootstrapPlan) async throws(PipelineError) -> RunReport {
    let journal = plan.onlyLooks ? nil : try Journal(path: environment.workspace.path("journal.ndjson"))
    let clock = RunClock(environment.clock)
    let narrator = Narrator(
      clock: clock, concealment: environment.concealment,
      journal: journal.map { JournalWriter(journal: $0, by: holder, wallClock: environment.wallClock) },
      sink: environment.report)
    narrator.say(
      .began(cluster: plan.cluster, steps: plan.steps.count, expected: Prediction(of: plan).typical.total))
    let core = await walk(plan, narrator, clock)
    let diagnosis = await FailureExplanation(environment, plan, core, narrator).diagnosis()
    return try conclude(core, plan, narrator, clock, diagnosis)
  }

  private func lock() async throws(PipelineError) -> RunLock {
    try environment.workspace.prepare()
    let clock = RunClock(environment.clock)
    while true {
      do throws(PipelineError) {
        return try RunLock.take(at: environment.workspace.path("lock"), holder: holder)
      } catch {
        guard case .locked = error, clock.elapsed < patience else { throw error }
      }
      do { try await clock.sleep(for: Self.betweenTries) } catch { throw .interrupted(at: []) }
    }
  }

  private func walk(_ plan: BootstrapPlan, _ narrator: Narrator, _ clock: RunClock) async -> PipelineCore {
    var walk = Walk(plan: plan, environment: environment, narrator: narrator, clock: clock, seed: seed)
    await withTaskGroup(of: PipelineCore.Event.self) { group in
      walk.handle(.began) { task in group.addTask(operation: task) }
      while !walk.isOver, let event = await group.next() {
        if Task.isCancelled { walk.interrupt() }
        walk.handle(event) { task in group.addTask(operation: task) }
      }
    }
    return walk.core
  }

  private func conclude(
    _ core: PipelineCore, _ plan: BootstrapPlan, _ narrator: Narrator, _ clock: RunClock, _ diagnosis: Diagnosis?
  ) throws(PipelineError) -> RunReport {
    let report = RunReport(plan: plan, tally: narrator.rows, elapsed: clock.elapsed)
    let ends = plan.steps.map { ($0, core.end(of: $0.id)) }
    let failures = ends.compactMap { step, end in
      if case .failed(let failure) = end { (step, narrator.clean(failure)) } else { nil }
    }
    let stopped = ends.filter { $0.1 == .stopped }.map(\.0.id)
    narrator.say(
      .finished(
        done: ends.count { $0.1?.isGood == true }, of: ends.count, failed: failures.count, stopped: stopped,
        elapsed: clock.elapsed))
    if core.wasInterrupted { throw .interrupted(at: stopped) }
    if failures.isEmpty { return report }
    throw Self.error(for: failures, diagnosis)
  }

  private static func error(for failures: [(Step, StepFailure)], _ diagnosis: Diagnosis?) -> PipelineError {
    if case (let step, .refused(let seen, _))? = failures.first, step.severity == .preflight {
      return .preflight(seen.problems)
    }
    // One look explains them all; it stands behind the last, as the last words of the run.
    return .stepsFailed(
      failures.enumerated().map { index, failed in
        FailedStep(
          step: failed.0.id, failure: failed.1, isVerdict: failed.0.severity == .verdict,
          diagnosis: index == failures.count - 1 ? diagnosis : nil)
      })
  }
}
