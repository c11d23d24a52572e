package import ZeroTouchModel

/// Everything a run says while it goes on; views, journal and tests read nothing else.
package enum PipelineEvent: Sendable, Hashable {
  case began(cluster: String, steps: Int, expected: Duration)
  case started(StepID, title: String, expected: Duration)
  case observed(StepID, Observation)
  /// An operation begins: a command line, a file, a gate.
  case acting(StepID, String)
  /// A program failed in a way that another attempt may cure.
  case retrying(StepID, attempt: Int, of: Int, reason: String)
  /// A gate is not open yet: at every change of the reason, and every ten seconds.
  case waiting(StepID, gate: String, reason: String, elapsed: Duration, expected: Duration)
  /// A gate is open, so the step goes on.
  case passed(StepID, gate: String, reason: String, elapsed: Duration)
  case ended(StepID, StepEnd, elapsed: Duration)
  /// What explains the failure of a step: the known causes by name, and the words.
  case explained(StepID, causes: [String], String)
  /// The run was asked to stop; these steps were running.
  case interrupted(at: [StepID])
  /// The run is over; `stopped` are the steps that an interruption ended.
  case finished(done: Int, of: Int, failed: Int, stopped: [StepID], elapsed: Duration)
}

/// How a step ended, in words.
package enum StepEnd: Sendable, Hashable {
  case found(String)
  case made
  case failed(String)
  case notStarted
  case stopped

  init(_ end: PipelineCore.End) {
    self =
      switch end {
      case .found(let saw): .found(saw)
      case .made: .made
      case .failed(let failure): .failed(failure.description)
      case .notStarted: .notStarted
      case .stopped: .stopped
      }
  }

  /// The word of tables and JSON.
  package var name: String {
    switch self {
    case .found: "found"
    case .made: "done"
    case .failed: "failed"
    case .notStarted: "not started"
    case .stopped: "stopped"
    }
  }

  package var reason: String? {
    switch self {
    case .found(let saw): saw
    case .failed(let reason): reason
    case .made, .notStarted, .stopped: nil
    }
  }
}

extension PipelineEvent {
  /// The step an event belongs to; nil for the run's own.
  package var step: StepID? {
    switch self {
    case .began, .interrupted, .finished: nil
    case .started(let id, _, _), .observed(let id, _), .acting(let id, _), .retrying(let id, _, _, _),
      .waiting(let id, _, _, _, _), .passed(let id, _, _, _), .ended(let id, _, _), .explained(let id, _, _):
      id
    }
  }

  /// The event with every secret taken out of every text.
  package func redacted(by redactor: Redactor) -> Self {
    let clean = redactor.redact
    switch self {
    case .began, .started, .interrupted, .finished: return self
    case .observed(let id, let seen): return .observed(id, seen.redacted(by: redactor))
    case .acting(let id, let what): return .acting(id, clean(what))
    case .retrying(let id, let attempt, let of, let reason):
      return .retrying(id, attempt: attempt, of: of, reason: clean(reason))
    case .waiting(let id, let gate, let reason, let elapsed, let expected):
      return .waiting(id, gate: gate, reason: clean(reason), elapsed: elapsed, expected: expected)
    case .passed(let id, let gate, let reason, let elapsed):
      return .passed(id, gate: gate, reason: clean(reason), elapsed: elapsed)
    case .ended(let id, let end, let elapsed):
      return .ended(id, end.redacted(by: redactor), elapsed: elapsed)
    case .explained(let id, let causes, let words): return .explained(id, causes: causes, clean(words))
    }
  }
}

extension StepEnd {
  func redacted(by redactor: Redactor) -> Self {
    switch self {
    case .found(let saw): .found(redactor.redact(saw))
    case .failed(let reason): .failed(redactor.redact(reason))
    case .made, .notStarted, .stopped: self
    }
  }
}

extension Observation {
  func redacted(by redactor: Redactor) -> Self {
    Observation(state, redactor.redact(saw), problems: problems)
  }
}
