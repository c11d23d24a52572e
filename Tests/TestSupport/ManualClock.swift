import Dispatch
import Synchronization

/// A clock whose time a test moves: by hand with `advance(by:)`, or, for work under `running(_:)`, by itself.
///
/// It is the executor of that work as well, and so knows when nobody who works on it has anything left to do.
/// Only then does time jump, straight to the earliest deadline: no pace of the machine can change what happens.
package final class ManualClock: Clock {
  package struct Instant: InstantProtocol {
    package var offset: Duration
    package func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    package func duration(to other: Instant) -> Duration { other.offset - offset }
    package static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
  }

  let state = Mutex(Timeline())
  /// Runs one job after the other, on a thread that no other test can take away.
  let queue = DispatchQueue(label: "ManualClock")

  package init() {}

  package var now: Instant { state.withLock { $0.now } }
  package var minimumResolution: Duration { .zero }

  package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    let id = state.withLock { $0.newID() }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isCancelled = Task.isCancelled
        let (answer, crowd) = state.withLock {
          state -> (Result<Void, any Error>?, [CheckedContinuation<Void, Never>]) in
          if state.cancelled.remove(id) != nil || isCancelled { return (.failure(CancellationError()), []) }
          if deadline <= state.now { return (.success(()), []) }
          state.sleepers[id] = .init(deadline: deadline, wake: continuation)
          return (nil, state.takeCrowds())
        }
        for watcher in crowd { watcher.resume() }
        if let answer { continuation.resume(with: answer) } else { lookAround() }
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        let sleeper = state.sleepers.removeValue(forKey: id)
        if sleeper == nil { state.cancelled.insert(id) }
        return sleeper
      }
      sleeper?.wake.resume(throwing: CancellationError())
    }
  }

  /// Moves time on and wakes those whose time has come, earliest first.
  package func advance(by duration: Duration) {
    let woken = state.withLock { state in
      state.now = state.now.advanced(by: duration)
      return state.takeDue()
    }
    for wake in woken { wake.resume() }
  }

  /// Waits until at least so many tasks sleep.
  package func sleepers(atLeast count: Int) async { await asleep { $0.count >= count } }

  /// Waits until somebody sleeps until this time after the clock's beginning.
  package func sleeper(until offset: Duration) async { await asleep { $0.contains(Instant(offset: offset)) } }

  private func asleep(_ isThere: @escaping @Sendable ([Instant]) -> Bool) async {
    await withCheckedContinuation { continuation in
      let isSo = state.withLock { state in
        if isThere(state.sleepers.values.map(\.deadline)) { return true }
        state.crowds.append(.init(isThere: isThere, continuation: continuation))
        return false
      }
      if isSo { continuation.resume() }
    }
  }
}
