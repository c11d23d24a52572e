import Foundation
import Synchronization

/// What a running program has printed so far, up to a limit for each stream.
final class CollectedOutput: Sendable {
  private struct State {
    var standardOutput = Data()
    var standardError = Data()
    var isOverLimit = false
  }

  private let state = Mutex(State())
  let limit: Int

  private let keepsStandardOutput: Bool

  init(limit: Int, keepsStandardOutput: Bool) {
    self.limit = limit
    self.keepsStandardOutput = keepsStandardOutput
  }

  var isOverLimit: Bool { state.withLock { $0.isOverLimit } }

  /// Adds a piece; false once a stream is longer than the limit.
  func add(_ chunk: OutputChunk) -> Bool {
    state.withLock { state in
      switch chunk {
      case .standardOutput(let bytes): if keepsStandardOutput { state.standardOutput.append(bytes) }
      case .standardError(let bytes): state.standardError.append(bytes)
      }
      state.isOverLimit = max(state.standardOutput.count, state.standardError.count) > limit
      return !state.isOverLimit
    }
  }

  func output(status: Int32) -> ToolOutput {
    state.withLock {
      ToolOutput(status: status, standardOutput: $0.standardOutput, standardError: $0.standardError)
    }
  }
}
