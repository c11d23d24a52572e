import ZeroTouchModel
import ZeroTouchPipeline

/// Tells a run to a person: one line when something ends, waits or fails, with the time since the run began.
struct EventView: Sendable {
  private let console: Console
  private let style: Style
  private let isVerbose: Bool

  init(console: Console, isVerbose: Bool) {
    self.console = console
    self.style = Style(isOn: console.isInteractive)
    self.isVerbose = isVerbose
  }

  /// Tells one event; `time` is the time since the run began.
  func show(_ event: PipelineEvent, at time: Duration) {
    guard let line = line(for: event) else { return }
    console.narrate("\(style.faint(clock(time)))  \(line)")
  }

  private func line(for event: PipelineEvent) -> String? {
    switch event {
    case .began(let cluster, let steps, let expected):
      return "\(style.strong(cluster)): \(Self.count(steps)), about \(expected.inWords) on real machines"
    case .started(let id, let title, _): return isVerbose ? "▸ \(id)  \(title)" : nil
    case .observed(let id, let seen): return isVerbose ? "  \(id)  \(style.faint(seen.description))" : nil
    case .acting(let id, let what): return isVerbose ? "  \(id)  \(style.faint(what))" : nil
    case .retrying(let id, let attempt, let attempts, let reason):
      return style.note("↻ \(id)  attempt \(attempt) of \(attempts): \(reason)")
    case .waiting(let id, let gate, let reason, let elapsed, let expected):
      return waiting(id, gate, reason, elapsed, expected)
    case .passed(let id, let gate, let reason, let elapsed): return passed(id, gate, reason, elapsed)
    case .ended(let id, let end, let elapsed): return ended(id, end, elapsed)
    // The run's last words hold it.
    case .explained: return nil
    case .interrupted(let steps):
      return style.note("■ interrupted at \(steps.map(\.description).joined(separator: ", "))")
    case .finished(let done, let steps, let failed, let stopped, let elapsed):
      return finished(done, of: steps, failed, stopped, elapsed)
    }
  }

  /// The last line of a run; one that neither finished nor failed was interrupted.
  private func finished(_ done: Int, of steps: Int, _ failed: Int, _ stopped: [StepID], _ elapsed: Duration) -> String {
    let count = "\(done) of \(Self.count(steps)) done"
    if failed > 0 { return style.bad("✗ \(failed) failed, \(count), after \(elapsed.inWords)") }
    if done == steps { return style.good("✔ \(Self.count(done)) done in \(elapsed.inWords)") }
    let place = stopped.isEmpty ? "" : " in \(stopped.map(\.description).joined(separator: ", "))"
    return style.note("■ interrupted\(place): \(count), after \(elapsed.inWords)")
  }

  private static func count(_ steps: Int) -> String { steps == 1 ? "1 step" : "\(steps) steps" }

  /// A wait speaks when its reason changes, and at its heartbeats.
  private func waiting(_ id: StepID, _ gate: String, _ reason: String, _ elapsed: Duration, _ expected: Duration)
    -> String
  {
    let budget = expected > .zero ? " of about \(expected.inWords)" : ""
    return "◎ \(id)  \(gate): \(reason) \(style.faint("(\(elapsed.inWords)\(budget))"))"
  }

  /// Each wave gets its line, and so does the operator, which may be fewer than wanted; other gates only speak when
  /// asked to.
  private func passed(_ id: StepID, _ gate: String, _ reason: String, _ elapsed: Duration) -> String? {
    guard isVerbose || id.stage == SyncWavesStage.name || gate == GateName.ciliumOperator.rawValue else { return nil }
    return "\(style.good("◉")) \(id)  \(gate): \(reason) \(style.faint("(\(elapsed.inWords))"))"
  }

  private func ended(_ id: StepID, _ end: StepEnd, _ elapsed: Duration) -> String? {
    switch end {
    case .found(let saw): style.good("✔") + " \(id)  \(style.faint("nothing to do: \(saw)"))"
    case .made: style.good("✔") + " \(id)  \(elapsed.inWords)"
    case .failed(let reason): style.bad("✗ \(id)  \(reason)")
    case .stopped: style.note("■ \(id)  stopped")
    case .notStarted: nil
    }
  }

  private func clock(_ time: Duration) -> String {
    let seconds = Int(time.components.seconds)
    let minutes = seconds / 60
    return "\(minutes < 10 ? " " : "")\(minutes):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
  }
}
