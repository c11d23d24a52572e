package import Foundation
import Synchronization
import ZeroTouchModel
package import ZeroTouchTools

/// Answers as the programs of a recorded run did, and as fast by the clock; nothing is started.
///
/// Each call gets the first answer that is left for its words. A look that is taken once more than it was sees what it
/// saw last. A call that the recording lacks is told to whoever replays, and never comes back.
package final class ReplayingTools: ToolRunner {
  private let answers: Mutex<RecordedAnswers>
  private let clock: any Clock<Duration>
  private let places: RecordedPlaces
  private let lacking: @Sendable (String) -> Void

  /// `lacking` hears of a call for which there is no answer.
  package init(
    _ calls: [RecordedCall], clock: any Clock<Duration>, places: RecordedPlaces,
    lacking: @escaping @Sendable (String) -> Void
  ) {
    answers = Mutex(RecordedAnswers(calls))
    (self.clock, self.places, self.lacking) = (clock, places, lacking)
  }

  /// How many of the recorded calls were made.
  package var served: Int { answers.withLock(\.served) }

  package func run(
    _ invocation: ToolInvocation, observing: @escaping @Sendable (OutputChunk) -> Void
  ) async throws(ToolError) -> ToolOutput {
    guard !Task.isCancelled else { throw .cancelled(invocation) }
    let words = ([invocation.tool] + invocation.arguments).map(places.named)
    let mark = input(of: invocation).map { RecordedCall.mark(of: places.named($0)) }
    guard let call = answers.withLock({ $0.take(words, mark, mayRepeat: invocation.isLook) }) else {
      lacking("\(invocation)")
      return try await never(invocation)
    }
    return try await answer(invocation, as: call, observing)
  }

  private func answer(
    _ invocation: ToolInvocation, as call: RecordedCall, _ observing: @Sendable (OutputChunk) -> Void
  ) async throws(ToolError) -> ToolOutput {
    var (output, now) = (ToolOutput(), 0.0)
    for said in call.said {
      try await pass(said.after - now, invocation)
      now = max(now, said.after)
      let bytes = Data(places.located(said.text).utf8)
      if !said.isError { output.standardOutput += bytes } else { output.standardError += bytes }
      observing(said.isError ? .standardError(bytes) : .standardOutput(bytes))
    }
    if call.end == .cancelled { return try await never(invocation) }
    try await pass(call.took - now, invocation)
    for file in call.files { leave(file) }
    output.status = try status(of: call, invocation)
    if invocation.deadline == nil { output.standardOutput = Data() }
    return output
  }

  private func status(of call: RecordedCall, _ invocation: ToolInvocation) throws(ToolError) -> Int32 {
    switch call.end {
    case .exited(let status): return status
    case .notFound: throw .notFound(tool: invocation.tool)
    case .notExecutable(let path): throw .notExecutable(tool: invocation.tool, path: path)
    case .notStarted(let reason): throw .notStarted(invocation, reason: reason)
    case .timedOut(let seconds): throw .timedOut(invocation, after: .seconds(seconds))
    case .tooMuchOutput(let limit): throw .tooMuchOutput(invocation, limit: limit)
    case .cancelled: throw .cancelled(invocation)
    }
  }

  private func pass(_ seconds: Double, _ invocation: ToolInvocation) async throws(ToolError) {
    guard seconds > 0 else { return }
    do { try await clock.sleep(for: .seconds(seconds)) } catch { throw .cancelled(invocation) }
  }

  /// Waits until nobody wants an answer any more.
  private func never(_ invocation: ToolInvocation) async throws(ToolError) -> ToolOutput {
    try? await clock.sleep(for: .seconds(365 * 24 * 3600))
    throw .cancelled(invocation)
  }

  /// Puts a file where a program left it.
  private func leave(_ file: RecordedFile) {
    let path = places.located(file.path)
    let folder = (path as NSString).deletingLastPathComponent
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    _ = FileManager.default.createFile(
      atPath: path, contents: file.located(in: places), attributes: [.posixPermissions: 0o600])
  }

  private func input(of invocation: ToolInvocation) -> String? {
    switch invocation.input {
    case .none, .secret: nil
    case .text(let text): text
    case .file(let path): FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
  }
}

extension RecordedFile {
  /// What is in it on this laptop.
  package func located(in places: RecordedPlaces) -> Data {
    bytes ?? Data(places.located(text ?? "").utf8)
  }
}

extension ToolInvocation {
  /// Whether it only reads, and comes to an end by itself.
  fileprivate var isLook: Bool { effect == .reads && deadline != nil }
}
