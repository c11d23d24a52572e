package import Foundation

/// The one seam to the outside world: starts a program and returns what it answered.
///
/// An exit status other than 0 is an answer, not an error. Cancelling the task ends the program:
/// gracefully, then by force, with everything it started.
package protocol ToolRunner: Sendable {
  func run(
    _ invocation: ToolInvocation, observing: @escaping @Sendable (OutputChunk) -> Void
  ) async throws(ToolError) -> ToolOutput
}

extension ToolRunner {
  /// Runs without following the output while it comes.
  package func run(_ invocation: ToolInvocation) async throws(ToolError) -> ToolOutput {
    try await run(invocation, observing: { _ in })
  }

  /// Runs and demands exit status 0.
  package func succeed(_ invocation: ToolInvocation) async throws(ToolError) -> ToolOutput {
    let output = try await run(invocation)
    guard output.status == 0 else { throw ToolError.exited(invocation, output) }
    return output
  }
}

/// A piece of what a running program prints.
package enum OutputChunk: Sendable, Hashable {
  case standardOutput(Data)
  case standardError(Data)
}

/// What a program answered.
package struct ToolOutput: Sendable, Hashable {
  /// The exit status; 128 + N after signal N.
  package var status: Int32
  package var standardOutput: Data
  package var standardError: Data

  package init(status: Int32 = 0, standardOutput: Data = Data(), standardError: Data = Data()) {
    self.status = status
    self.standardOutput = standardOutput
    self.standardError = standardError
  }

  package var text: String { String(decoding: standardOutput, as: UTF8.self) }
  package var errorText: String { String(decoding: standardError, as: UTF8.self) }
}
