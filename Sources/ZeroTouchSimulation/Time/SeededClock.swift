import Dispatch
import Synchronization

/// A clock in no hurry: virtual time that jumps to the earliest deadline once nobody has anything left to do, and an
/// executor that runs one job at a time, in an order that a seed fixes.
///
/// Work under `run(_:)` meets every order in which its tasks could come, one order a seed, and the same one each time.
package final class SeededClock: Clock, TaskExecutor {
  package struct Instant: InstantProtocol {
    package var offset: Duration
    package func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    package func duration(to other: Instant) -> Duration { other.offset - offset }
    package static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
  }

  /// How work under the clock ended.
  package enum Ending: Sendable, Hashable {
    case done
    /// Everybody waits for somebody else, and nothing will ever happen.
    case stalled(at: Duration)
    /// It took more virtual time than it may.
    case overdue(Duration)
  }

  private let agenda: Mutex<Agenda>
  private let queue = DispatchQueue(label: "SeededClock")
  private let arrival = DispatchSemaphore(value: 0)

  package init(seed: UInt64) { agenda = Mutex(Agenda(seed: seed)) }

  package var now: Instant { agenda.withLock { Instant(offset: $0.now) } }
  package var minimumResolution: Duration { .zero }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    if agenda.withLock({ $0.add(job) }) { arrival.signal() }
  }

  package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    let id = agenda.withLock { $0.newID() }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let answer = agenda.withLock { agenda in
          agenda.sleep(id, until: deadline.offset, isCancelled: Task.isCancelled, continuation)
        }
        if let answer { continuation.resume(with: answer) }
      }
    } onCancel: {
      agenda.withLock { $0.cancel(id) }?.resume(throwing: CancellationError())
    }
  }

  /// Lets time pass in which nobody on the laptop can do anything: it sleeps.
  func skip(_ duration: Duration) { agenda.withLock { $0.skip(duration) } }

  /// Does work in the world outside, such as a program's, during which no virtual time passes.
  package func holding<Value: Sendable>(_ work: () async -> Value) async -> Value {
    agenda.withLock { $0.holds += 1 }
    let value = await work()
    if agenda.withLock({ $0.release() }) { arrival.signal() }
    return value
  }

  /// Runs work, and everything within it that is given this clock as its executor, to its end.
  package func run(
    atMost limit: Duration = .seconds(48 * 3600), _ work: @escaping @Sendable () async -> Void
  ) async -> Ending {
    agenda.withLock { $0.isOver = false }
    let task = Task(executorPreference: self) {
      await work()
      self.agenda.withLock { $0.isOver = true }
    }
    let ending = await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: self.drive(until: limit)) }
    }
    task.cancel()
    return ending
  }

  private func drive(until limit: Duration) -> Ending {
    while true {
      switch agenda.withLock({ $0.next(until: limit) }) {
      case .run(let job): job.runSynchronously(on: asUnownedTaskExecutor())
      case .wake(let sleepers): for sleeper in sleepers { sleeper.resume() }
      case .await: arrival.wait()
      case .end(let ending): return ending
      }
    }
  }
}
