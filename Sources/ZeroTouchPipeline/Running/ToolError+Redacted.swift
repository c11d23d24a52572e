import Foundation
import ZeroTouchModel
import ZeroTouchTools

extension ToolError {
  /// The error with every secret taken out of what the program was given and what it printed.
  func redacted(by redactor: Redactor) -> ToolError {
    switch self {
    case .notFound, .notExecutable: self
    case .notStarted(let invocation, let reason):
      .notStarted(invocation.redacted(by: redactor), reason: redactor.redact(reason))
    case .exited(let invocation, let output):
      .exited(invocation.redacted(by: redactor), output.redacted(by: redactor))
    case .timedOut(let invocation, let after): .timedOut(invocation.redacted(by: redactor), after: after)
    case .tooMuchOutput(let invocation, let limit): .tooMuchOutput(invocation.redacted(by: redactor), limit: limit)
    case .cancelled(let invocation): .cancelled(invocation.redacted(by: redactor))
    }
  }
}

extension ToolInvocation {
  fileprivate func redacted(by redactor: Redactor) -> ToolInvocation {
    var copy = self
    copy.arguments = arguments.map(redactor.redact)
    copy.environment = environment.mapValues(redactor.redact)
    if case .text(let text) = input { copy.input = .text(redactor.redact(text)) }
    return copy
  }
}

extension ToolOutput {
  fileprivate func redacted(by redactor: Redactor) -> ToolOutput {
    ToolOutput(
      status: status, standardOutput: Data(redactor.redact(text).utf8),
      standardError: Data(redactor.redact(errorText).utf8))
  }
}
