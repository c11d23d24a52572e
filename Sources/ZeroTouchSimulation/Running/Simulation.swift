import Foundation
import ZeroTouchManifests
package import ZeroTouchPipeline

/// One cluster's bootstrap on a world in this process and in virtual time: run, killed, and run again, in an order that
/// a seed fixes.
package struct Simulation: Sendable {
  /// One run of the pipeline.
  package struct Attempt: Sendable {
    package let number: Int
    package let fate: Fate
    /// What it said until it ended, each with the time since its beginning.
    package let events: [(event: PipelineEvent, at: Duration)]
    package let error: PipelineError?
    /// What each step of its plan needed: the run after a rebuild that has ended is a bootstrap.
    let needs: [StepID: [StepID]]
    /// Whether it ran on a cluster that was finished.
    package let isSecondLook: Bool
    /// The secrets bundle that it left.
    let secrets: Data?
    /// The programs that outlived it, although it was not killed.
    let orphans: [String]
  }

  /// What came of it all.
  package struct Outcome: Sendable {
    package let seed: UInt64
    package let hazards: Hazards
    package let attempts: [Attempt]
    package let violations: [Violation]
    /// What the world looks like at the end, as far as somebody wanted it.
    package let fingerprint: [String: String]
    /// How much virtual time passed.
    package let elapsed: Duration
    /// How many programs were started that change something.
    package let changes: Int
  }

  /// What is done to the cluster.
  package enum Course: Sendable, Hashable {
    case bootstrap
    /// It is bootstrapped in peace, and then rebuilt.
    case rebuild
    /// One node of it is replaced; one that is dead lies in its rescue system.
    case replace(String, isDead: Bool)
  }

  private let ground: SimulationGround
  private let seed: UInt64
  private let hazards: Hazards
  private let course: Course

  package init(
    _ ground: SimulationGround, seed: UInt64, hazards: Hazards = Hazards(), course: Course = .bootstrap
  ) {
    self.ground = ground
    self.seed = seed
    self.hazards = hazards
    self.course = course
  }

  /// Runs to the end.
  package func run() async throws -> Outcome {
    let clock = SeededClock(seed: seed)
    let cluster = try SimulatedCluster(ground, seed: seed, hazards: hazards, course: course, clock: clock)
    defer { cluster.remove() }
    let ending = await YAMLMemory.$current.withValue(ground.texts) {
      await clock.run(atMost: .seconds(24 * 3600)) { await cluster.live() }
    }
    let last = cluster.last
    let violations = Invariants(
      attempts: last.attempts, ledger: cluster.ledger.all, ending: ending,
      etcdClusters: last.etcdClusters, mustConverge: !hazards.isShownOnce, before: last.before,
      fingerprint: last.fingerprint
    ).violations
    return Outcome(
      seed: seed, hazards: hazards, attempts: last.attempts, violations: violations, fingerprint: last.fingerprint,
      elapsed: clock.now.offset, changes: cluster.ledger.all.count)
  }
}
