import Foundation
import Synchronization
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchReadiness
import ZeroTouchTools

/// What a run does not do: act unjournalled, change twice, run beside another one.
struct CarefulRunTests {
  private let scratch = ScratchDirectory()

  private func step(_ name: String, _ operations: [ZeroTouchPipeline.Operation]) -> Step {
    Step(StepID(name), name, probe: .always, action: Action(missing: operations))
  }

  private func change(_ word: String) -> ToolInvocation { ToolInvocation("change", [word], effect: .mutates) }

  private func run(_ steps: [Step], tools: ScriptedToolRunner) async throws -> RunReport {
    let clock = ManualClock()
    let environment = Fixtures.environment(tools, clock, scratch.path)
    let plan = BootstrapPlan(cluster: "demo", steps: steps)
    return try await clock.running { try await PipelineRunner(environment, holder: "test").run(plan) }
  }

  @Test func `a run that cannot write its journal stops with the reason before it changes anything`() async throws {
    let workspace = Workspace(root: "\(scratch.path)/state")
    try workspace.prepare()
    try FileManager.default.createSymbolicLink(
      atPath: workspace.path("journal.ndjson"), withDestinationPath: "/dev/full")
    let tools = ScriptedToolRunner { _ in .printing("ok") }
    let error = await #expect(throws: PipelineError.self) {
      try await run([step("a", [.run(change("a"))])], tools: tools)
    }
    #expect(tools.invocations == [])
    #expect(error?.description.contains("No space left on device") == true)
  }

  @Test func `a change that is seen to be made is not made again`() async throws {
    let look = ToolInvocation("look", [])
    for (status, calls) in [(0 as Int32, ["look"]), (1, ["look", "change a"])] {
      let tools = ScriptedToolRunner { $0.tool == "look" ? ToolOutput(status: status) : .printing("ok") }
      _ = try await run([step("a", [.change(change("a"), unless: .program(look))])], tools: tools)
      #expect(tools.invocations.map(\.description) == calls)
    }
  }

  @Test func `a world that does not say whether a change was made is asked again, and never changed blindly`()
    async throws
  {
    let look = ToolInvocation("kubectl", ["diff"])
    let silence = ToolOutput(status: 1, standardError: Data("Unable to connect to the server: EOF\n".utf8))
    let silent = Mutex(2)
    let tools = ScriptedToolRunner { invocation in
      let isSilent = silent.withLock { left in
        left -= 1
        return left >= 0
      }
      return invocation.tool == "kubectl" && isSilent ? silence : .printing("ok")
    }
    _ = try await run([step("a", [.change(change("a"), unless: .program(look))])], tools: tools)
    #expect(tools.invocations.map(\.description) == ["kubectl diff", "kubectl diff", "kubectl diff"])
    let mute = ScriptedToolRunner { $0.tool == "kubectl" ? silence : .printing("ok") }
    await #expect(throws: PipelineError.self) {
      try await run([step("a", [.change(change("a"), unless: .program(look))])], tools: mute)
    }
    #expect(!mute.invocations.contains { $0.tool == "change" })
  }

  @Test func `a run waits for another one as long as it is told to, and says who that is`() async throws {
    let workspace = Workspace(root: "\(scratch.path)/state")
    try workspace.prepare()
    let other = try RunLock.take(at: workspace.path("lock"), holder: "somebody else")
    defer { other.release() }
    let clock = ManualClock()
    let environment = Fixtures.environment(ScriptedToolRunner { _ in .printing("") }, clock, scratch.path)
    let plan = BootstrapPlan(cluster: "demo", steps: [step("a", [.run(change("a"))])])
    let error = await #expect(throws: PipelineError.self) {
      try await clock.running {
        try await PipelineRunner(environment, patience: .seconds(90)).run(plan)
      }
    }
    #expect(clock.now.offset >= .seconds(90))
    #expect(error?.description.contains("another run holds the cluster: somebody else") == true)
  }
}
