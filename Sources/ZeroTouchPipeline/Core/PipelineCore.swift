import ZeroTouchTools

/// The decisions of a run, without any of its effects: events of the world go in, commands come out.
///
/// Every step runs as soon as its needs are met. Where several may start at once the seed fixes their order, so that a
/// run can be repeated. The first failure stops new starts; what runs may end, and every failure is reported.
package struct PipelineCore: Sendable {
  package enum State: Sendable, Hashable {
    case waiting
    /// How long it has been asked for, and how much of that, in the end, whoever asks was not let in.
    case observing(asked: Duration, refused: Duration = .zero)
    case acting
    case ended(End)
  }

  /// How a step ended; each does so exactly once.
  package enum End: Sendable, Hashable {
    /// The world was already as it should be.
    case found(String)
    /// The step brought it there.
    case made
    case failed(StepFailure)
    /// A failure elsewhere, or an interruption, came before its start.
    case notStarted
    /// An interruption came while it ran.
    case stopped

    package var isGood: Bool {
      switch self {
      case .found, .made: true
      case .failed, .notStarted, .stopped: false
      }
    }
  }

  package enum Event: Sendable {
    case began
    /// What the probe saw, and how long it took to see it.
    case observed(StepID, Observation, took: Duration = .zero)
    case acted(StepID)
    case failed(StepID, StepFailure)
    /// The runner gave a step up because the run is being interrupted.
    case stopped(StepID)
    case interrupted
  }

  package enum Command: Sendable {
    /// Asks the step's probe, after a pause.
    case observe(StepID, after: Duration)
    case act(StepID, [Operation])
    /// Announces how a step ended.
    case announce(StepID, End)
    /// Nothing runs any more and nothing will.
    case end
  }

  package private(set) var states: [StepID: State]
  private let steps: [StepID: Step]
  /// Whether a step of one node that fails leaves the other nodes' steps alone.
  private let isolatesNodes: Bool
  private let dependents: [StepID: [StepID]]
  private var unmet: [StepID: Int]
  private var ready: [StepID] = []
  private var runningCount = 0
  package private(set) var wasInterrupted = false
  private var halted = false
  private var over = false
  private var order: SeededGenerator

  /// The pause between two questions to an unreachable world.
  package static let pause = Duration.seconds(2)

  package init(steps: [Step], seed: UInt64, isolatesNodes: Bool = false) {
    self.isolatesNodes = isolatesNodes
    self.steps = Dictionary(steps.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let known = self.steps
    var dependents: [StepID: [StepID]] = [:]
    var unmet: [StepID: Int] = [:]
    for step in steps {
      let needs = Set(step.needs.filter { known[$0] != nil })
      unmet[step.id] = needs.count
      for need in needs.sorted() { dependents[need, default: []].append(step.id) }
    }
    self.dependents = dependents
    self.unmet = unmet
    states = known.mapValues { _ in .waiting }
    order = SeededGenerator(seed: seed)
  }

  /// Takes an event and says what is to be done now.
  package mutating func handle(_ event: Event) -> [Command] {
    var commands: [Command] = []
    switch event {
    case .began: enqueue(unmet.filter { $0.value == 0 }.map(\.key))
    case .observed(let id, let observation, let took): commands += respond(id, to: observation, took)
    case .acted(let id): commands += finish(id, .made)
    case .failed(let id, let failure): commands += finish(id, .failed(failure))
    case .stopped(let id): commands += finish(id, .stopped)
    case .interrupted:
      halted = true
      wasInterrupted = true
    }
    return commands + startReady() + endIfIdle()
  }

  /// How a step ended; nil while it has not.
  package func end(of id: StepID) -> End? { if case .ended(let end) = states[id] { end } else { nil } }

  /// The steps that run now.
  package var running: [StepID] {
    states.filter {
      switch $0.value {
      case .observing, .acting: true
      case .waiting, .ended: false
      }
    }.map(\.key).sorted()
  }

  private mutating func respond(_ id: StepID, to observation: Observation, _ took: Duration) -> [Command] {
    guard case .observing(let before, let refusedBefore) = states[id], let step = steps[id] else { return [] }
    let asked = before + took
    let refused = observation.isRefusal ? refusedBefore + took : .zero
    let isAnswered = observation.isRefusal && refused >= ToolFailure.refusalGrace
    switch step.action.response(to: observation.state) {
    case .leave: return finish(id, .found(observation.saw))
    case .perform(let operations):
      states[id] = .acting
      return [.act(id, operations)]
    case .askAgain(let bound) where asked < bound && !isAnswered && !halted:
      states[id] = .observing(
        asked: asked + Self.pause, refused: refused + (observation.isRefusal ? Self.pause : .zero))
      return [.observe(id, after: Self.pause)]
    case .askAgain(let bound):
      return finish(id, .failed(.unreachable(observation.saw, after: isAnswered ? refused : bound)))
    case .refuse(let remedy): return finish(id, .failed(.refused(observation, remedy: remedy)))
    }
  }

  private mutating func finish(_ id: StepID, _ end: End) -> [Command] {
    switch states[id] {
    case nil, .waiting, .ended: return []
    case .observing, .acting: break
    }
    states[id] = .ended(end)
    runningCount -= 1
    if end.isGood { release(id) } else if !isolatesNodes || id.node == nil { halted = true }
    return [.announce(id, end)]
  }

  private mutating func release(_ id: StepID) {
    var free: [StepID] = []
    for dependent in dependents[id] ?? [] {
      unmet[dependent, default: 1] -= 1
      if unmet[dependent] == 0 { free.append(dependent) }
    }
    enqueue(free)
  }

  private mutating func enqueue(_ ids: [StepID]) {
    ready += ids.sorted().shuffled(using: &order)
  }

  private mutating func startReady() -> [Command] {
    guard !halted else { return [] }
    defer { ready = [] }
    runningCount += ready.count
    for id in ready { states[id] = .observing(asked: .zero) }
    return ready.map { .observe($0, after: .zero) }
  }

  private mutating func endIfIdle() -> [Command] {
    guard runningCount == 0, !over else { return [] }
    over = true
    let left = states.filter { $0.value == .waiting }.map(\.key).sorted()
    for id in left { states[id] = .ended(.notStarted) }
    return left.map { .announce($0, .notStarted) } + [.end]
  }
}
