import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchRehearsal

/// A fault, met: how the run ended, after how long, and what it said.
package struct FaultTrial: Sendable {
  package let fault: Fault
  /// Nil where the run got over it.
  package let message: String?
  /// In the world's time.
  package let took: Duration
  package let violations: [Violation]
  /// The known failures that were told as its causes, the likeliest first.
  package let causes: [String]
  /// When each worker had joined, since the run began.
  private let joined: [String: Duration]

  /// What came of a bootstrap with the fault.
  package init(_ fault: Fault, _ outcome: Simulation.Outcome, on ground: SimulationGround) {
    // A run that was killed said nothing; of two operators the one that was refused is the first to end.
    let last = outcome.attempts.first { !$0.isSecondLook && $0.fate == .lives }
    self.fault = fault
    message = last?.error.map { ground.telling("\($0)") }
    took = last?.events.last?.at ?? .zero
    violations = outcome.violations
    joined = last.map(Self.joinings(of:)) ?? [:]
    causes = (last?.events ?? []).flatMap { told in
      if case .explained(_, let causes, _) = told.event { causes } else { [String]() }
    }
  }

  /// What came otherwise than it was to; empty where all is as expected.
  package var surprises: [String] {
    var broken = violations.map { "\($0)" }
    if let known = fault.failure, causes.first != known {
      broken.append("its first cause is not `\(known)`: \(causes)")
    }
    return fault.surprises(in: message) + broken + heldUp
  }

  /// The workers that did not join well before the one that is slow.
  private var heldUp: [String] {
    guard let straggler = fault.straggler else { return [] }
    guard let last = joined[straggler] else { return ["`\(straggler)` has not joined"] }
    let late = joined.filter { $0.key != straggler && last - $0.value < .seconds(120) }.keys.sorted()
    return late.map { "`\($0)` joined no two minutes before the slow `\(straggler)`" }
  }

  private static func joinings(of attempt: Simulation.Attempt) -> [String: Duration] {
    var moments: [String: Duration] = [:]
    for (event, time) in attempt.events {
      guard case .ended(let id, .made, _) = event, id.stage == JoinWorkerStage.name, let node = id.node else {
        continue
      }
      moments[node] = time
    }
    return moments
  }

  /// The first reason, in one line.
  package var reason: String {
    let line = message?.split(separator: "\n").first.map(String.init) ?? ""
    // Of a long command line its program is enough.
    return line.replacing(#/`([a-z]+) [^`]{30,}`/#) { "`\($0.output.1) …`" }.replacing("|", with: "\\|")
  }
}

extension SimulationGround {
  /// A text with the paths of one run as any run would have them.
  fileprivate func telling(_ text: String) -> String {
    guard let run = try? Regex(#"\Q"# + directory + #"\E/[0-9]+"#) else { return text }
    return text.replacing(run, with: ".zerotouch/\(scenario.name)").replacing("\(scenario.repository)/", with: "")
  }
}
