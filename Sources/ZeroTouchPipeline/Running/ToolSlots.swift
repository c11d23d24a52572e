import ZeroTouchTools

/// Lets a limited number of programs run side by side: few that work on the laptop, many that wait for a machine, so
/// that 200 nodes neither start 200 programs at once nor wait for each other's disks to be written.
actor ToolSlots {
  /// How many may run, by where they work.
  struct Widths: Sendable {
    var laptop = 8
    var machine = 256
    /// Images that are written at the same time: they come through one line, or out of one mirror.
    var image = 30

    /// The usual widths, or one for all that is no wait.
    init(_ width: Int? = nil) {
      guard let width else { return }
      laptop = min(laptop, width)
      machine = width
      image = width
    }

    func callAsFunction(_ place: ToolInvocation.Place) -> Int {
      switch place {
      case .laptop: laptop
      case .machine: machine
      case .image: image
      }
    }
  }

  private let widths: Widths
  private var inside: [ToolInvocation.Place: Int] = [:]
  private var queues: [ToolInvocation.Place: [CheckedContinuation<Void, Never>]] = [:]

  init(_ widths: Widths = Widths()) { self.widths = widths }

  /// Performs `body` when it is its turn. A cancelled task still takes its turn, and finds out inside.
  func run(
    at place: ToolInvocation.Place, _ body: @Sendable () async throws(ToolError) -> ToolOutput
  ) async throws(ToolError) -> ToolOutput {
    await enter(place)
    defer { leave(place) }
    return try await body()
  }

  private func enter(_ place: ToolInvocation.Place) async {
    guard inside[place, default: 0] >= widths(place) else {
      inside[place, default: 0] += 1
      return
    }
    await withCheckedContinuation { queues[place, default: []].append($0) }
  }

  private func leave(_ place: ToolInvocation.Place) {
    guard queues[place]?.isEmpty == false, let next = queues[place]?.removeFirst() else {
      inside[place, default: 0] -= 1
      return
    }
    next.resume()
  }
}
