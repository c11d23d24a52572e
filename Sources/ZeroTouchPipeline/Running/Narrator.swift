import Synchronization
import ZeroTouchDiagnosis
import ZeroTouchModel
import ZeroTouchSecrets
import ZeroTouchTools

/// Takes the events of a run, clears them of secrets and passes them on; the one way by which anything is said.
final class Narrator: Sendable {
  private let concealment: Concealment
  private let tally = Mutex(RunTally())
  private let sink: @Sendable (PipelineEvent, Duration) -> Void
  private let clock: RunClock
  private let journal: JournalWriter?
  private let loss = Mutex<PipelineError?>(nil)

  init(
    clock: RunClock, concealment: Concealment = Concealment(), journal: JournalWriter? = nil,
    sink: @escaping @Sendable (PipelineEvent, Duration) -> Void
  ) {
    self.clock = clock
    self.concealment = concealment
    self.journal = journal
    self.sink = sink
  }

  func say(_ event: PipelineEvent) {
    let clean = event.redacted(by: concealment.redactor)
    let now = clock.elapsed
    tally.withLock { $0.note(clean) }
    do throws(PipelineError) { try journal?.write(clean, at: now) } catch { loss.withLock { $0 = $0 ?? error } }
    sink(clean, now)
  }

  /// Announces what is about to be done; fails where the journal does not hold it, for then it must not be done.
  func announce(_ event: PipelineEvent) throws {
    say(event)
    if case .workspace(let path, let reason)? = loss.withLock(\.self) { throw StepFailure.file(path, reason: reason) }
    // Here a run is stopped that must not act any more.
    try Task.checkCancellation()
  }

  /// From now on no text holds these values.
  func conceal(_ secrets: [Secret]) { concealment.learn(secrets) }

  func clean(_ failure: StepFailure) -> StepFailure { failure.redacted(by: concealment.redactor) }
  func clean(_ diagnosis: Diagnosis) -> Diagnosis { diagnosis.redacted(by: concealment.redactor) }

  var rows: RunTally { tally.withLock { $0 } }
}

extension StepFailure {
  /// The failure with every secret taken out of every text, also out of the invocation it keeps.
  func redacted(by redactor: Redactor) -> Self {
    let clean = redactor.redact
    switch self {
    case .tool(let error): return .tool(error.redacted(by: redactor))
    case .timedOut(let gate, let after, let last): return .timedOut(gate: gate, after: after, last: clean(last))
    case .blocked(let gate, let reason): return .blocked(gate: gate, reason: clean(reason))
    case .refused(let seen, let remedy): return .refused(seen.redacted(by: redactor), remedy: clean(remedy))
    case .unreachable(let saw, let after): return .unreachable(clean(saw), after: after)
    case .composition(let title, let reason): return .composition(title, reason: clean(reason))
    case .wrongInput(let problems): return .wrongInput(clean(problems))
    case .secret(let error): return .secret(error.redacted(by: redactor))
    case .file(let path, let reason): return .file(path, reason: clean(reason))
    }
  }
}
