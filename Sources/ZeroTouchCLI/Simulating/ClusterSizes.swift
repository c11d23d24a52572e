import ZeroTouchPipeline

/// How many machines the simulated clusters have: as many as was said, or as many as the seed of each draws.
///
/// Most are drawn small: what goes wrong lies in the orders of things, and a small cluster meets more of them in the
/// same time.
struct ClusterSizes: Sendable {
  private let sizes: [(size: NodeCounts, shares: Int)]

  /// Always the same.
  init(_ size: NodeCounts) { sizes = [(size, 1)] }

  private init(drawing sizes: [(size: NodeCounts, shares: Int)]) { self.sizes = sizes }

  static let drawn = ClusterSizes(drawing: [
    (NodeCounts(), 12), (NodeCounts(workers: 1), 3), (NodeCounts(workers: 2), 2),
    (NodeCounts(controlPlanes: 3), 2), (NodeCounts(controlPlanes: 3, workers: 2), 1),
  ])

  /// Every size that there is, the most frequent first.
  var all: [NodeCounts] { sizes.map(\.size) }

  /// The size of the cluster of a seed.
  func size(of seed: UInt64) -> NodeCounts {
    var dice = SeededGenerator(seed: seed ^ 0x517E_517E_517E_517E)
    var left = Int.random(in: 0..<sizes.reduce(0) { $0 + $1.shares }, using: &dice)
    for (size, shares) in sizes {
      if left < shares { return size }
      left -= shares
    }
    return sizes[0].size
  }
}
