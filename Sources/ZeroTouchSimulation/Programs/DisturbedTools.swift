import Foundation
import Synchronization
import ZeroTouchPipeline
package import ZeroTouchTools

/// Programs of any kind, with what goes wrong on the way to them and back because a fault wants it so.
package final class DisturbedTools: ToolRunner {
  private let tools: any ToolRunner
  private let time: RunClock
  private let told: Mutex<ToldHazards>

  /// `clock` shows the world's time, which begins now.
  package init(_ tools: any ToolRunner, _ hazards: [CallHazard], clock: any Clock<Duration>) {
    (self.tools, time) = (tools, RunClock(clock))
    told = Mutex(ToldHazards(hazards))
  }

  package func run(
    _ invocation: ToolInvocation, observing: @escaping @Sendable (OutputChunk) -> Void
  ) async throws(ToolError) -> ToolOutput {
    switch told.withLock({ $0.effect(on: invocation, at: time.elapsed) }) {
    case nil: return try await tools.run(invocation, observing: observing)
    case .refused(let output): return output
    case .replyLost(let output):
      _ = try await tools.run(invocation)
      return output
    case .hangs:
      try await pause(invocation.deadline ?? CallHazard.ever, in: invocation)
      throw .timedOut(invocation, after: invocation.deadline ?? CallHazard.ever)
    case .slow(let delay):
      try await pause(delay, in: invocation)
      return try await tools.run(invocation, observing: observing)
    case .closes(let after, let text):
      return try await run(invocation, observing: observing, closing: after, with: text).get()
    }
  }

  private func pause(_ duration: Duration, in invocation: ToolInvocation) async throws(ToolError) {
    do { try await time.sleep(for: duration) } catch { throw .cancelled(invocation) }
  }

  /// Runs a program that is ended after a while, as well as it can be; its own end may come before.
  private func run(
    _ invocation: ToolInvocation, observing: @escaping @Sendable (OutputChunk) -> Void, closing after: Duration,
    with text: String
  ) async -> Result<ToolOutput, ToolError> {
    await withTaskGroup(of: Result<ToolOutput, ToolError>.self) { group in
      group.addTask {
        do throws(ToolError) { return .success(try await self.tools.run(invocation, observing: observing)) } catch {
          return .failure(error)
        }
      }
      group.addTask {
        do throws(ToolError) { try await self.pause(after, in: invocation) } catch { return .failure(error) }
        observing(.standardOutput(Data(text.utf8)))
        return .success(ToolOutput())
      }
      defer { group.cancelAll() }
      return await group.next() ?? .success(ToolOutput())
    }
  }
}
