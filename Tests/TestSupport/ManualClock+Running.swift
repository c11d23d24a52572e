import Dispatch
import Synchronization

extension ManualClock: TaskExecutor {
  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    enqueue { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }

  private func enqueue(_ work: @escaping @Sendable () -> Void) {
    state.withLock { $0.jobs += 1 }
    queue.async {
      work()
      let (settled, woken) = self.state.withLock { state in
        state.jobs -= 1
        return state.moveOn()
      }
      for wake in settled { wake.resume() }
      for wake in woken { wake.resume() }
    }
  }

  /// Has time move on if nobody is busy; a sleeper from outside ends no job that would see to it.
  func lookAround() {
    if state.withLock({ $0.jobs == 0 && $0.runs > 0 }) { enqueue {} }
  }
}

extension ManualClock {
  /// Runs work and all tasks within it on this clock's executor; whenever they all sleep, time jumps to the earliest
  /// deadline, in no real time.
  ///
  /// Tasks that are no children of the work take part when they are given this clock as their executor. What waits
  /// for the world outside, such as a program, must not sleep on this clock: its deadlines would pass at once.
  package func running<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws -> Result {
    state.withLock { $0.runs += 1 }
    defer { state.withLock { $0.runs -= 1 } }
    let task = Task(executorPreference: self) { try await work() }
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
  }

  /// Waits, in work under `running(_:)`, until everybody else sleeps or waits; no time passes.
  package func settled() async {
    await withCheckedContinuation { continuation in state.withLock { $0.settling.append(continuation) } }
  }
}
