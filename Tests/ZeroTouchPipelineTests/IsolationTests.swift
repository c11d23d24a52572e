import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

/// What a failed machine means for the others.
struct IsolationTests {
  private let scratch = ScratchDirectory()

  private func outcome(isolates: Bool) async throws -> (failed: [StepID], started: Set<String>) {
    let clock = ManualClock()
    let tools = ScriptedToolRunner { invocation in
      guard invocation.arguments == ["two"] else {
        try? await clock.sleep(for: .seconds(10))
        return .printing("")
      }
      return .failing("broken")
    }
    let steps = ["one", "two", "three"].flatMap { node -> [Step] in
      let first = StepID("first", node)
      let work = Operation.run(ToolInvocation("work", [node], effect: .mutates))
      let more = Operation.run(ToolInvocation("work", ["\(node) again"], effect: .mutates))
      return [
        Step(first, "work", probe: .always, action: Action(missing: [work])),
        Step(StepID("second", node), "more", needs: [first], probe: .always, action: Action(missing: [more])),
      ]
    }
    var plan = BootstrapPlan(cluster: "demo", steps: steps)
    plan.isolatesNodes = isolates
    let environment = Fixtures.environment(tools, clock, scratch.path)
    let failed = try await clock.running { [plan] () -> [StepID] in
      do throws(PipelineError) {
        _ = try await PipelineRunner(environment, holder: "test").run(plan)
        return []
      } catch {
        guard case .stepsFailed(let failures) = error else { return [] }
        return failures.map(\.step)
      }
    }
    return (failed, Set(tools.mutations.flatMap(\.arguments)))
  }

  @Test func `where nodes are isolated, a machine that fails stops nothing but itself`() async throws {
    let (failed, started) = try await outcome(isolates: true)
    #expect(failed == [StepID("first", "two")])
    #expect(started == ["one", "two", "three", "one again", "three again"])
  }

  @Test func `otherwise the first failure lets what runs end, and nothing more begin`() async throws {
    let (failed, started) = try await outcome(isolates: false)
    #expect(failed == [StepID("first", "two")])
    #expect(started == ["one", "two", "three"])
  }

  @Test func `a width bounds images, and never the waits`() async throws {
    let clock = ManualClock()
    let tools = ScriptedToolRunner { _ in
      try? await clock.sleep(for: .seconds(60))
      return .printing("")
    }
    let steps = (0..<12).map { number in
      let write = ToolInvocation("ssh", ["\(number)"], effect: .mutates, place: .image)
      return Step(StepID("install-os", "n\(number)"), "x", probe: .always, action: Action(missing: [.run(write)]))
    }
    let environment = Fixtures.environment(tools, clock, scratch.path, width: 4)
    let elapsed = try await clock.running {
      let start = clock.now
      _ = try await PipelineRunner(environment, holder: "test").run(BootstrapPlan(cluster: "demo", steps: steps))
      return start.duration(to: clock.now)
    }
    #expect(elapsed == .seconds(180))
  }
}
