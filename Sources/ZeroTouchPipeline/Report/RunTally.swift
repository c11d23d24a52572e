/// What the events of a run add up to, step by step.
struct RunTally: Sendable {
  /// The longest wait of a step, and the last reason it had.
  struct Wait: Sendable {
    let gate: String
    var reason: String
    var elapsed: Duration
  }

  private(set) var ends: [StepID: (end: StepEnd, elapsed: Duration)] = [:]
  private(set) var waits: [StepID: Wait] = [:]

  mutating func note(_ event: PipelineEvent) {
    switch event {
    case .ended(let id, let end, let elapsed): ends[id] = (end, elapsed)
    case .waiting(let id, let gate, let reason, let elapsed, _):
      guard elapsed >= waits[id]?.elapsed ?? .zero || waits[id]?.gate == gate else { return }
      waits[id] = Wait(gate: gate, reason: reason, elapsed: elapsed)
    case .began, .started, .observed, .acting, .retrying, .interrupted, .finished: break
    }
  }
}
