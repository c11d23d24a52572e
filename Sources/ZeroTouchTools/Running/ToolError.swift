import Foundation
import ZeroTouchModel

/// Why a program did not do what it was started for.
package enum ToolError: Error, Sendable, Hashable, CustomStringConvertible {
  case notFound(tool: String)
  /// A file of that name is on PATH, but it cannot be executed.
  case notExecutable(tool: String, path: String)
  case notStarted(ToolInvocation, reason: String)
  case exited(ToolInvocation, ToolOutput)
  case timedOut(ToolInvocation, after: Duration)
  case tooMuchOutput(ToolInvocation, limit: Int)
  case cancelled(ToolInvocation)

  package var description: String {
    switch self {
    case .notFound(let tool): "`\(tool)` was not found on PATH\n  install it, or run `scripts/tools`"
    case .notExecutable(let tool, let path):
      "`\(tool)` was found at `\(path)`, which is not executable\n  run `chmod +x \(path.shellQuoted)`, or put another `\(tool)` before it on PATH"
    case .notStarted(let invocation, let reason): "`\(invocation)` could not be started: \(reason)"
    case .exited(let invocation, let output):
      RemoteComplaint(invocation, output)?.description
        ?? "`\(invocation)` exited with status \(output.status): \(output.errorText.trimmingCharacters(in: .whitespacesAndNewlines))"
    case .timedOut(let invocation, let after): "`\(invocation)` did not end within \(after.inWords)"
    case .tooMuchOutput(let invocation, let limit): "`\(invocation)` printed more than \(limit) bytes"
    case .cancelled(let invocation): "`\(invocation)` was cancelled"
    }
  }
}
