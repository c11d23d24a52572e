import Foundation
import Synchronization
package import ZeroTouchTools

/// Answers programs from a script and remembers every start, in order.
package final class ScriptedToolRunner: ToolRunner {
  package typealias Script = @Sendable (ToolInvocation) async throws(ToolError) -> ToolOutput

  private let script: Script
  private let started = Mutex<[ToolInvocation]>([])

  package init(_ script: @escaping Script) { self.script = script }

  /// Everything that was started so far.
  package var invocations: [ToolInvocation] { started.withLock { $0 } }
  /// What was started and changes something.
  package var mutations: [ToolInvocation] { invocations.filter { $0.effect == .mutates } }

  package func run(
    _ invocation: ToolInvocation, observing: @escaping @Sendable (OutputChunk) -> Void
  ) async throws(ToolError) -> ToolOutput {
    started.withLock { $0.append(invocation) }
    let output = try await script(invocation)
    if !output.standardOutput.isEmpty { observing(.standardOutput(output.standardOutput)) }
    if !output.standardError.isEmpty { observing(.standardError(output.standardError)) }
    return output
  }
}

extension ToolOutput {
  /// An answer with exit status 0.
  package static func printing(_ text: String) -> ToolOutput { ToolOutput(standardOutput: Data(text.utf8)) }

  /// An answer with an error text.
  package static func failing(_ text: String, status: Int32 = 1) -> ToolOutput {
    ToolOutput(status: status, standardError: Data(text.utf8))
  }
}
