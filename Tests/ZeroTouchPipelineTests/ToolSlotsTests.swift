import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

struct ToolSlotsTests {
  private let scratch = ScratchDirectory()

  /// How long forty steps take whose one program takes a minute.
  private func duration(of place: ToolInvocation.Place) async throws -> Duration {
    let clock = ManualClock()
    let tools = ScriptedToolRunner { _ in
      try? await clock.sleep(for: .seconds(60))
      return .printing("ok")
    }
    let steps = (0..<40).map { number in
      let work = ToolInvocation("work", ["\(number)"], effect: .mutates, place: place)
      return Step(StepID("step\(number)"), "work", probe: .always, action: Action(missing: [.run(work)]))
    }
    let environment = Fixtures.environment(tools, clock, scratch.path)
    return try await clock.running {
      let start = clock.now
      _ = try await PipelineRunner(environment, holder: "test").run(BootstrapPlan(cluster: "demo", steps: steps))
      return start.duration(to: clock.now)
    }
  }

  @Test func `programs that wait for machines run side by side, however many`() async throws {
    #expect(try await duration(of: .machine) == .seconds(60))
  }

  @Test func `programs that work on the laptop take turns`() async throws {
    #expect(try await duration(of: .laptop) == .seconds(300))
  }
}
