import Foundation
import Synchronization
import ZeroTouchModel
package import ZeroTouchTools

/// Runs programs, and tells a recorder what each was asked and answered.
package struct RecordingTools: ToolRunner {
  private let tools: any ToolRunner
  private let recorder: Recorder
  private let stopwatch: Stopwatch

  /// Times are those of the run's clock.
  package init(_ tools: any ToolRunner, _ recorder: Recorder, clock: any Clock<Duration>) {
    (self.tools, self.recorder) = (tools, recorder)
    stopwatch = recorder.stopwatch(clock)
  }

  package func run(
    _ invocation: ToolInvocation, observing: @escaping @Sendable (OutputChunk) -> Void
  ) async throws(ToolError) -> ToolOutput {
    let start = stopwatch.elapsed
    let files = TouchedFiles(invocation, in: recorder.places)
    // What a program printed is kept as a whole; only a watch has no end, and is kept as it comes.
    let lines = invocation.deadline == nil ? WholeLines() : nil
    let note = { (said: [KeptCall.Said], end: RecordedCall.End) in
      recorder.note(
        KeptCall(
          invocation: invocation, at: start.inSeconds, took: (stopwatch.elapsed - start).inSeconds, said: said,
          end: end,
          files: files.left(), input: Self.input(of: invocation)))
    }
    do throws(ToolError) {
      let output = try await tools.run(invocation) { chunk in
        lines?.take(chunk, after: (stopwatch.elapsed - start).inSeconds)
        observing(chunk)
      }
      note((lines?.all ?? []) + Self.said(output, after: (stopwatch.elapsed - start).inSeconds), .exited(output.status))
      return output
    } catch {
      note(lines?.all ?? [], RecordedCall.End(error))
      throw error
    }
  }

  private static func said(_ output: ToolOutput, after: Double) -> [KeptCall.Said] {
    [(output.standardOutput, false), (output.standardError, true)].compactMap { bytes, isError in
      bytes.isEmpty ? nil : KeptCall.Said(after: after, bytes: bytes, isError: isError)
    }
  }

  private static func input(of invocation: ToolInvocation) -> Data? {
    switch invocation.input {
    case .none, .secret: nil
    case .text(let text): Data(text.utf8)
    case .file(let path): FileManager.default.contents(atPath: path)
    }
  }
}

extension RecordedCall.End {
  fileprivate init(_ error: ToolError) {
    switch error {
    case .notFound: self = .notFound
    case .notExecutable(_, let path): self = .notExecutable(path: path)
    case .notStarted(_, let reason): self = .notStarted(reason: reason)
    case .exited(_, let output): self = .exited(output.status)
    case .timedOut(_, let after): self = .timedOut(seconds: after.inSeconds)
    case .tooMuchOutput(_, let limit): self = .tooMuchOutput(limit: limit)
    case .cancelled: self = .cancelled
    }
  }
}

/// What a watch prints, in whole lines: a secret that is cut in two is known by nobody.
private final class WholeLines: Sendable {
  private struct State {
    var whole: [KeptCall.Said] = []
    var rest: [Bool: Data] = [:]
  }

  private let state = Mutex(State())

  var all: [KeptCall.Said] { state.withLock(\.whole) }

  func take(_ chunk: OutputChunk, after: Double) {
    let (bytes, isError) =
      switch chunk {
      case .standardOutput(let bytes): (bytes, false)
      case .standardError(let bytes): (bytes, true)
      }
    state.withLock { state in
      let held = state.rest[isError, default: Data()] + bytes
      let end = held.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? held.startIndex
      if end > held.startIndex {
        state.whole.append(KeptCall.Said(after: after, bytes: Data(held[..<end]), isError: isError))
      }
      state.rest[isError] = Data(held[end...])
    }
  }
}
