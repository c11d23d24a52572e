import Synchronization
import TestSupport
import Testing

/// What the tests with virtual time stand on.
struct ManualClockTests {
  private let clock = ManualClock()

  @Test func `time stands still while anybody has something to do, and then jumps to the earliest deadline`()
    async throws
  {
    let seen = Mutex<[Duration]>([])
    try await clock.running { [clock] in
      async let sleeper: Void = clock.sleep(for: .seconds(7))
      for _ in 0..<1000 { await Task.yield() }
      seen.withLock { $0.append(clock.now.offset) }
      try await clock.sleep(for: .seconds(3))
      seen.withLock { $0.append(clock.now.offset) }
      try await sleeper
      seen.withLock { $0.append(clock.now.offset) }
    }
    #expect(seen.withLock { $0 } == [.zero, .seconds(3), .seconds(7)])
  }

  @Test func `work outside that sleeps on the clock is let go on`() async throws {
    let outside = Task { [clock] in
      for _ in 1...3 { try await clock.sleep(for: .seconds(1)) }
    }
    try await clock.running { try await outside.value }
    #expect(clock.now.offset == .seconds(3))
  }

  @Test func `whoever settles sees what everybody else has done, and no time passes`() async throws {
    let tally = Tally()
    try await clock.running { [clock] in
      async let crowd: Void = withDiscardingTaskGroup { group in
        for _ in 1...20 {
          group.addTask {
            for _ in 0..<50 { await Task.yield() }
            tally.count.withLock { $0 += 1 }
          }
        }
      }
      await clock.settled()
      #expect(tally.count.withLock { $0 } == 20)
      await crowd
    }
    #expect(clock.now.offset == .zero)
  }

  @Test func `a sleep that is cancelled ends with an error`() async {
    let sleeping = Task { [clock] in try await clock.sleep(for: .seconds(1)) }
    await clock.sleepers(atLeast: 1)
    sleeping.cancel()
    await #expect(throws: CancellationError.self) { try await sleeping.value }
  }
}

private final class Tally: Sendable {
  let count = Mutex(0)
}
