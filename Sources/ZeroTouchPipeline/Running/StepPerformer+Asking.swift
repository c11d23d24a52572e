import ZeroTouchModel
import ZeroTouchTools

extension StepPerformer {
  /// Runs a program that only reads, where a place is free for it; one that would change anything is a defect.
  func ask(_ invocation: ToolInvocation) async throws -> Answer {
    guard invocation.effect == .reads else {
      return .failed(.notStarted(invocation, reason: "a probe may only read"))
    }
    do throws(ToolError) {
      return .output(
        try await slots.run(at: invocation.place) { () async throws(ToolError) in
          try await environment.tools.run(invocation)
        })
    } catch {
      try Task.checkCancellation()
      return .failed(error)
    }
  }
}
