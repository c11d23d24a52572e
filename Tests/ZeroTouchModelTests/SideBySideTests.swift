import Synchronization
import TestSupport
import Testing
import ZeroTouchModel

struct SideBySideTests {
  private struct Broken: Error, Equatable { let element: Int }

  @Test func `results stand in the order of the elements, however long each took`() async throws {
    let clock = ManualClock()
    let results = try await clock.running {
      try await (1...20).mapSideBySide { number in
        try await clock.sleep(for: .seconds(20 - number))
        return number
      }
    }
    #expect(results == Array(1...20))
    #expect(clock.now.offset == .seconds(19))
  }

  @Test func `no more than the width run at once, and all of it is used`() async throws {
    let clock = ManualClock()
    let crowd = Mutex((now: 0, most: 0))
    _ = try await clock.running {
      try await (1...20).mapSideBySide(atMost: 4) { _ in
        crowd.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
        try await clock.sleep(for: .seconds(1))
        crowd.withLock { $0.now -= 1 }
      }
    }
    #expect(crowd.withLock { $0.most } == 4)
    #expect(clock.now.offset == .seconds(5))
  }

  @Test func `the first failure ends what still runs and starts nothing more`() async throws {
    let clock = ManualClock()
    let started = Mutex<[Int]>([])
    await #expect(throws: Broken(element: 2)) {
      try await clock.running {
        try await (1...20).mapSideBySide(atMost: 3) { number in
          started.withLock { $0.append(number) }
          if number == 2 { throw Broken(element: number) }
          try await clock.sleep(for: .seconds(60))
        }
      }
    }
    #expect(started.withLock { $0.sorted() } == [1, 2, 3])
    #expect(clock.now.offset == .zero)
  }
}
