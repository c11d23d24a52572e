/// What the events of a run add up to, step by step.
struct RunTally: Sendable {
  /// A wait of a step: what it was for, the last reason it had, and how long it took.
  struct Wait: Sendable {
    let gate: String
    let reason: String
    let elapsed: Duration
  }

  private(set) var ends: [StepID: (end: StepEnd, elapsed: Duration)] = [:]
  private var longest: [StepID: Wait] = [:]
  private var present: [StepID: Wait] = [:]

  /// The longest wait of a step, the one that it may still be in included.
  func wait(of id: StepID) -> Wait? {
    [longest[id], present[id]].compactMap(\.self).max { $0.elapsed < $1.elapsed }
  }

  mutating func note(_ event: PipelineEvent) {
    switch event {
    case .ended(let id, let end, let elapsed): ends[id] = (end, elapsed)
    case .waiting(let id, let gate, let reason, let elapsed, _):
      present[id] = Wait(gate: gate, reason: reason, elapsed: elapsed)
    case .passed(let id, let gate, _, let elapsed): pass(id, gate, elapsed)
    case .began, .started, .observed, .acting, .retrying, .explained, .interrupted, .finished: break
    }
  }

  /// What kept a gate closed is the reason it had last; one that was open at once kept nobody.
  private mutating func pass(_ id: StepID, _ gate: String, _ elapsed: Duration) {
    guard let wait = present.removeValue(forKey: id), wait.gate == gate else { return }
    if elapsed > longest[id]?.elapsed ?? .zero {
      longest[id] = Wait(gate: gate, reason: wait.reason, elapsed: elapsed)
    }
  }
}
