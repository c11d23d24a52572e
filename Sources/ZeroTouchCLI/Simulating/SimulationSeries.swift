import ZeroTouchModel
import ZeroTouchPipeline

/// Clusters that are simulated one after the other, several side by side, until there are enough of them.
struct SimulationSeries: Sendable {
  /// How many are enough.
  enum Bound: Sendable, Hashable {
    case clusters(Int)
    /// So many runs of the pipeline: a cluster takes as many as its hazards want.
    case runs(Int)
  }

  let bound: Bound
  /// The seed of the first; each of the others has the next one.
  let seed: UInt64
  /// How many side by side.
  let width: Int
  let clock: RunClock
  /// Told now and then how far it has come.
  let report: @Sendable (SimulationTally) -> Void

  /// Simulates the cluster of every seed, and adds up what came of them. Nothing is kept of a cluster but its numbers.
  func run(_ simulate: @escaping @Sendable (UInt64) async throws -> SimulationTally) async throws -> SimulationTally {
    let count = Count(bound, seed: seed)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<width {
        group.addTask {
          while let seed = await count.next() {
            let tally = try await simulate(seed)
            if let total = await count.add(tally, at: clock.elapsed) { report(total) }
          }
        }
      }
      try await group.waitForAll()
    }
    return await count.total
  }

  /// What was begun, and what came of it.
  private actor Count {
    private(set) var total = SimulationTally()
    private let bound: Bound
    private let seed: UInt64
    private var begun = 0
    private var reported = Duration.zero
    private static let betweenReports = Duration.seconds(30)

    init(_ bound: Bound, seed: UInt64) { (self.bound, self.seed) = (bound, seed) }

    /// The seed of the next cluster; nil when there are enough.
    func next() -> UInt64? {
      switch bound {
      case .clusters(let count) where begun >= count: return nil
      case .runs(let count) where total.runs >= count: return nil
      case .clusters, .runs: break
      }
      defer { begun += 1 }
      return seed &+ UInt64(begun)
    }

    /// Adds a cluster; gives the sum where it is to be reported.
    func add(_ tally: SimulationTally, at now: Duration) -> SimulationTally? {
      total = total + tally
      guard now - reported >= Self.betweenReports else { return nil }
      reported = now
      return total
    }
  }
}
