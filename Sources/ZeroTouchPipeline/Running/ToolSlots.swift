import ZeroTouchTools

/// Lets a limited number of programs run side by side, so that 200 nodes do not start 200 of them at once.
actor ToolSlots {
  private let width: Int
  private var inside = 0
  private var queue: [CheckedContinuation<Void, Never>] = []

  init(width: Int) { self.width = width }

  /// Performs `body` when it is its turn. A cancelled task still takes its turn, and finds out inside.
  func run(_ body: @Sendable () async throws(ToolError) -> ToolOutput) async throws(ToolError) -> ToolOutput {
    await enter()
    defer { leave() }
    return try await body()
  }

  private func enter() async {
    guard inside >= width else {
      inside += 1
      return
    }
    await withCheckedContinuation { queue.append($0) }
  }

  private func leave() {
    if queue.isEmpty { inside -= 1 } else { queue.removeFirst().resume() }
  }
}
