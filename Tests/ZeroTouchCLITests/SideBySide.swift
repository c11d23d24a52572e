import Testing

/// Lets only so many tests run at the same time: each starts many programs, and machines have few cores.
struct SideBySide: SuiteTrait, TestTrait, TestScoping {
  let isRecursive = true
  private let places: Places

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    await places.enter()
    do { try await function() } catch {
      await places.leave()
      throw error
    }
    await places.leave()
  }

  init(_ width: Int) { places = Places(free: width) }

  private actor Places {
    private var free: Int
    private var queue: [CheckedContinuation<Void, Never>] = []

    init(free: Int) { self.free = free }

    func enter() async {
      if free > 0 { free -= 1 } else { await withCheckedContinuation { queue.append($0) } }
    }

    func leave() {
      if queue.isEmpty { free += 1 } else { queue.removeFirst().resume() }
    }
  }
}

extension Trait where Self == SideBySide {
  /// At most four whole rehearsals at the same time, whichever suites they belong to: most of their time they wait.
  static var rehearsals: Self { rehearsing }

  /// At most one series of simulations, each of which takes every core there is.
  static var simulations: Self { simulating }
}

private let rehearsing = SideBySide(4)
private let simulating = SideBySide(1)
