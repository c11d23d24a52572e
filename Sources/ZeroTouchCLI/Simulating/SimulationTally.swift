import ZeroTouchModel
import ZeroTouchSimulation

/// What many simulated bootstraps add up to.
struct SimulationTally: Sendable {
  private(set) var clusters = 0
  private(set) var runs = 0
  private(set) var killed = 0
  private(set) var changes = 0
  private(set) var broken = 0
  private(set) var virtual: Duration = .zero

  init() {}

  init(_ outcome: Simulation.Outcome) {
    clusters = 1
    runs = outcome.attempts.count
    killed = outcome.attempts.count { if case .killed = $0.fate { true } else { false } }
    changes = outcome.changes
    broken = outcome.violations.isEmpty ? 0 : 1
    virtual = outcome.elapsed
  }

  static func + (left: Self, right: Self) -> Self {
    var sum = left
    sum.clusters += right.clusters
    sum.runs += right.runs
    sum.killed += right.killed
    sum.changes += right.changes
    sum.broken += right.broken
    sum.virtual += right.virtual
    return sum
  }

  /// How far it has come.
  func text(after time: Duration) -> String {
    "\(clusters) clusters, \(runs) runs of the pipeline, \(broken) broke a promise; \(time.inWords)"
  }

  func text(took: Duration) -> String {
    let rate = Double(clusters) / max(took.inSeconds, 0.001)
    return """
      \(clusters) clusters bootstrapped in \(runs) runs of the pipeline, \(killed) of them killed; \(changes) changes
      \(broken) broke a promise
      \(virtual.inWords) of virtual time in \(took.inWords): \((rate * 10).rounded() / 10) clusters a second, \
      \((Double(runs) / max(took.inSeconds, 0.001) * 10).rounded() / 10) runs
      """
  }

  /// One outcome, a line a run.
  static func text(of outcome: Simulation.Outcome) -> String {
    let runs = outcome.attempts.map { attempt in
      let end = attempt.error.map { "\($0)".split(separator: "\n").first.map(String.init) ?? "" } ?? "converged"
      return "  run \(attempt.number): \(attempt.fate), \(attempt.events.count) events, \(end)"
    }
    return "seed \(outcome.seed): \(outcome.elapsed.inWords), \(outcome.changes) changes\n"
      + runs.joined(separator: "\n")
  }
}
