import ZeroTouchModel
import ZeroTouchTools

/// One run under way: the core, and what turns its commands into tasks.
struct Walk: Sendable {
  private(set) var core: PipelineCore
  private(set) var isOver = false
  private let steps: [StepID: Step]
  private let prober: StepProber
  private let narrator: Narrator
  private let clock: RunClock
  private var starts: [StepID: Duration] = [:]
  private var said: [StepID: (reason: String, at: Duration)] = [:]
  /// How often a wait for an answer speaks while nothing changes.
  private static let heartbeat = Duration.seconds(10)

  typealias Task = @concurrent @Sendable () async -> PipelineCore.Event

  init(plan: BootstrapPlan, environment: PipelineEnvironment, narrator: Narrator, clock: RunClock, seed: UInt64) {
    core = PipelineCore(steps: plan.steps, seed: seed, isolatesNodes: plan.isolatesNodes)
    steps = Dictionary(plan.steps.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let performer = StepPerformer(
      environment: environment, narrator: narrator, slots: ToolSlots(ToolSlots.Widths(environment.width)), clock: clock)
    prober = StepProber(performer: performer, sightings: Sightings())
    self.narrator = narrator
    self.clock = clock
  }

  /// Tells the core what happened and starts what it wants.
  mutating func handle(_ event: PipelineCore.Event, start: (@escaping Task) -> Void) {
    for command in core.handle(event) {
      switch command {
      case .observe(let id, let pause): observe(id, after: pause, start)
      case .act(let id, let operations): act(id, operations, start)
      case .announce(let id, let end): announce(id, end)
      case .end: isOver = true
      }
    }
  }

  /// Has the core start nothing more; what runs was cancelled with the task.
  mutating func interrupt() {
    guard !core.wasInterrupted else { return }
    narrator.say(.interrupted(at: core.running))
    _ = core.handle(.interrupted)
  }

  private mutating func observe(_ id: StepID, after pause: Duration, _ start: (@escaping Task) -> Void) {
    guard let step = steps[id] else { return }
    if starts[id] == nil {
      starts[id] = clock.elapsed
      narrator.say(.started(id, title: step.title, expected: step.expected.typical))
    } else {
      sayWaiting(step)
    }
    start { [prober, clock, narrator] in
      do {
        try await clock.sleep(for: pause)
        let start = clock.elapsed
        let seen = try await prober.observe(step)
        prober.sightings.note(seen, of: id)
        narrator.say(.observed(id, seen))
        return .observed(id, seen, took: clock.elapsed - start)
      } catch { return Self.event(for: error, id) }
    }
  }

  /// A step whose world does not answer says so: at every change of the reason, and at every heartbeat.
  private mutating func sayWaiting(_ step: Step) {
    guard let reason = prober.sightings[step.id]?.saw else { return }
    let now = clock.elapsed
    if let last = said[step.id], last.reason == reason, now - last.at < Self.heartbeat { return }
    said[step.id] = (reason, now)
    narrator.say(
      .waiting(
        step.id, gate: "an answer", reason: reason, elapsed: now - (starts[step.id] ?? now),
        expected: step.expected.typical))
  }

  private func act(_ id: StepID, _ operations: [Operation], _ start: (@escaping Task) -> Void) {
    guard let step = steps[id] else { return }
    start { [prober] in
      do {
        try await prober.performer.perform(operations, of: step)
        return .acted(id)
      } catch { return Self.event(for: error, id) }
    }
  }

  private func announce(_ id: StepID, _ end: PipelineCore.End) {
    let began = starts[id] ?? clock.elapsed
    narrator.say(.ended(id, StepEnd(end), elapsed: clock.elapsed - began))
  }

  private static func event(for error: any Error, _ id: StepID) -> PipelineCore.Event {
    if let failure = error as? StepFailure {
      if case .tool(let error) = failure, error.isCancellation { return .stopped(id) }
      return .failed(id, failure)
    }
    if error is CancellationError { return .stopped(id) }
    return .failed(id, .composition("the step", reason: "\(error)"))
  }
}

extension ToolError {
  fileprivate var isCancellation: Bool { if case .cancelled = self { true } else { false } }
}
