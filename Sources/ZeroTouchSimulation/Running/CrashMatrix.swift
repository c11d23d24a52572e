import ZeroTouchModel
import ZeroTouchPipeline

/// The pipeline killed at every position of its journal, and run again: each time the same world has to come of it.
package struct CrashMatrix: Sendable {
  package struct Cell: Sendable {
    package let position: Int
    /// What the journal said last.
    package let event: String
    package let violations: [Violation]
  }

  private let ground: SimulationGround
  private let seed: UInt64
  private let course: Simulation.Course

  package init(_ ground: SimulationGround, seed: UInt64 = 0, course: Simulation.Course = .bootstrap) {
    self.ground = ground
    self.seed = seed
    self.course = course
  }

  /// Kills at every position, so many at a time.
  package func run(sideBySide width: Int) async throws -> [Cell] {
    let calm = try await Simulation(ground, seed: seed, course: course).run()
    let events = calm.attempts.first?.events ?? []
    return try await Array(events.enumerated()).mapSideBySide(atMost: width) { position, told in
      let outcome = try await Simulation(
        ground, seed: seed, hazards: Hazards([.killed(at: position)]), course: course
      ).run()
      return Cell(
        position: position, event: told.event.line(at: told.at),
        violations: outcome.violations
          + Self.differences(calm.fingerprint, outcome.fingerprint, breaking: "the same world comes of it"))
    }
  }

  /// What two worlds do not have in common, as a broken promise.
  static func differences(
    _ calm: [String: String], _ other: [String: String], breaking promise: String
  ) -> [Violation] {
    let keys = Set(calm.keys).union(other.keys).sorted().filter { calm[$0] != other[$0] }
    guard !keys.isEmpty else { return [] }
    let shown = keys.prefix(3).map { "\($0): \(calm[$0] ?? "absent") / \(other[$0] ?? "absent")" }
    return [Violation(promise: promise, seen: shown.joined(separator: "; "))]
  }
}
