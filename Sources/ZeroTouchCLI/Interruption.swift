import Dispatch
import Foundation
import Synchronization
import ZeroTouchModel

/// Turns the first SIGINT or SIGTERM into a cancelled task, and the second into an immediate exit.
enum Interruption {
  static func cancelling<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws -> Result
  {
    let task = Task { try await work() }
    let signals = Mutex(0)
    let onSignal: @Sendable () -> Void = {
      let count = signals.withLock { count in
        count += 1
        return count
      }
      if count == 1 { task.cancel() } else { exit(ExitStatus.interrupted.rawValue) }
    }
    let sources = [SIGINT, SIGTERM].map { source(of: $0, onSignal) }
    defer { for source in sources { source.cancel() } }
    return try await task.value
  }

  private static func source(of number: Int32, _ handler: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler(handler: DispatchWorkItem(block: handler))
    source.activate()
    return source
  }
}
