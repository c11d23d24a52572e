import Synchronization
import ZeroTouchTools

/// One program that a simulated pipeline has started: a process of its own, which goes on when its parent is killed.
final class SimulatedProgram: Sendable {
  typealias Answer = Result<ToolOutput, ToolError>

  private struct State {
    var answer: Answer?
    var waiting: CheckedContinuation<Answer, Never>?
    var task: Task<Void, Never>?
  }

  let invocation: ToolInvocation
  private let state = Mutex(State())

  init(_ invocation: ToolInvocation) { self.invocation = invocation }

  var isRunning: Bool { state.withLock { $0.answer == nil } }

  /// Starts it.
  func start(on clock: SeededClock, _ work: @escaping @Sendable () async -> Answer) {
    let task = Task(executorPreference: clock) { self.finish(await work()) }
    state.withLock { $0.task = task }
  }

  /// Its answer; the caller's cancellation is passed on to it, as by SIGTERM.
  func answer() async -> Answer {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let answer = state.withLock { state in
          if state.answer == nil { state.waiting = continuation }
          return state.answer
        }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      end()
    }
  }

  /// Ends it.
  func end() { state.withLock { $0.task }?.cancel() }

  /// Its parent is gone: nobody hears its answer any more, and a reader dies of that when it prints.
  func orphan(goesOn: Bool) {
    if !goesOn || invocation.effect == .reads { end() }
    finish(.failure(.cancelled(invocation)))
  }

  /// Lets it end well, whatever it is doing.
  func close() {
    end()
    finish(.success(ToolOutput()))
  }

  /// Waits until it has ended.
  func ended() async { await state.withLock { $0.task }?.value }

  private func finish(_ answer: Answer) {
    let waiting = state.withLock { state in
      state.answer = state.answer ?? answer
      defer { state.waiting = nil }
      return state.waiting
    }
    waiting?.resume(returning: answer)
  }
}
