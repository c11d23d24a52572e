import Synchronization
import ZeroTouchPipeline

/// The life of one simulated pipeline process: it counts what the journal would say, and ends where the hazards say so.
final class Lifeline: Sendable {
  private struct State {
    var isKilled = false
    var events: [(event: PipelineEvent, at: Duration)] = []
    var task: Task<Void, Never>?
    var onKill: @Sendable () -> Void = {}
  }

  private let state = Mutex(State())
  private let fate: Fate

  init(_ fate: Fate) { self.fate = fate }

  var isKilled: Bool { state.withLock { $0.isKilled } }
  var events: [(event: PipelineEvent, at: Duration)] { state.withLock { $0.events } }

  /// Says what is ended with the process, and how what it started learns of it.
  func holds(_ task: Task<Void, Never>, onKill: @escaping @Sendable () -> Void) {
    state.withLock {
      $0.task = task
      $0.onKill = onKill
    }
  }

  /// Takes an event; at the fated one the process ends before it can do anything more.
  func note(_ event: PipelineEvent, at time: Duration) {
    let count = state.withLock { state in
      guard !state.isKilled else { return 0 }
      state.events.append((event, time))
      return state.events.count
    }
    switch fate {
    case .killed(let position) where count == position + 1: kill()
    case .interrupted(let position) where count == position + 1: state.withLock { $0.task }?.cancel()
    case .lives, .killed, .interrupted: break
    }
  }

  private func kill() {
    let (task, onKill) = state.withLock { state in
      state.isKilled = true
      return (state.task, state.onKill)
    }
    onKill()
    task?.cancel()
  }
}

/// How a simulated pipeline process ends, by the position of an event in its journal.
package enum Fate: Sendable, Hashable {
  case lives
  /// As by `kill -9`: nothing is torn down, and what it had started may go on.
  case killed(at: Int)
  /// As by SIGINT.
  case interrupted(at: Int)
}
