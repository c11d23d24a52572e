import Synchronization
package import ZeroTouchTools

/// Programs that only work on files, such as helm's rendering: each is really started once, and what it answered is
/// what the same words get from then on, whichever state directory they name.
package final class RememberedTools: Sendable {
  /// The words of a call, the state directory taken out.
  struct Call: Hashable {
    let words: [String]
    let input: ToolInvocation.Input
  }

  private let tools: any ToolRunner
  private let known = Mutex<[Call: ToolOutput]>([:])

  package init(_ tools: any ToolRunner) { self.tools = tools }

  /// The programs as one run sees them, which keeps its state in a folder and its time on a clock.
  package func runner(state: String, clock: SeededClock) -> any ToolRunner {
    Runner(remembered: self, state: state, clock: clock)
  }

  private struct Runner: ToolRunner {
    let remembered: RememberedTools
    let state: String
    let clock: SeededClock

    func run(
      _ invocation: ToolInvocation, observing: @escaping @Sendable (OutputChunk) -> Void
    ) async throws(ToolError) -> ToolOutput {
      let call = Call(
        words: ([invocation.tool] + invocation.arguments).map { $0.replacing(state, with: "") }, input: invocation.input
      )
      if let output = remembered.known.withLock({ $0[call] }) { return output }
      let answer = await clock.holding { await remembered.start(invocation) }
      let output = try answer.get()
      remembered.known.withLock { $0[call] = output }
      return output
    }
  }

  private func start(_ invocation: ToolInvocation) async -> Result<ToolOutput, ToolError> {
    do throws(ToolError) { return .success(try await tools.run(invocation)) } catch { return .failure(error) }
  }
}
