import Synchronization
import ZeroTouchTools

extension StepPerformer {
  /// Runs a program and demands its success; one that writes an image is heard while it does.
  func succeed(_ invocation: ToolInvocation, of step: Step) async throws(ToolError) -> ToolOutput {
    guard invocation.place == .image else { return try await environment.tools.succeed(invocation) }
    let output = try await environment.tools.run(invocation, observing: listener(step))
    guard output.status == 0 else { throw .exited(invocation, output) }
    return output
  }

  private func listener(_ step: Step) -> @Sendable (OutputChunk) -> Void {
    let start = clock.elapsed
    let meter = Mutex(ImageMeter(start: start))
    return { [clock, narrator] chunk in
      let now = clock.elapsed
      guard let progress = meter.withLock({ $0.note(chunk, at: now) }) else { return }
      narrator.say(
        .waiting(
          step.id, gate: "image", reason: progress, elapsed: now - start, expected: step.expected.typical))
    }
  }
}
