import Foundation
import Synchronization
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchRecording
import ZeroTouchTools

struct ReplayingToolsTests {
  private let here = RecordedPlaces(["repository": "/work"])

  private func tools(
    _ calls: RecordedCall..., lacking: @escaping @Sendable (String) -> Void = { _ in }
  ) -> ReplayingTools {
    ReplayingTools(calls, clock: ContinuousClock(), places: here, lacking: lacking)
  }

  @Test func `each call gets the first answer that is left for its words`() async throws {
    let tools = tools(
      call("kubectl", "get", "nodes", at: 2, says: "Ready"), call("kubectl", "get", "nodes", at: 1, says: "NotReady"),
      call("kubectl", "get", "pods", says: "none"))
    let look = ToolInvocation("kubectl", ["get", "nodes"])
    #expect(try await tools.run(look).text == "NotReady")
    #expect(try await tools.run(look).text == "Ready")
    #expect(try await tools.run(ToolInvocation("kubectl", ["get", "pods"])).text == "none")
    #expect(tools.served == 3)
  }

  @Test func `a look that is taken once more sees what it saw last`() async throws {
    let tools = tools(call("kubectl", "get", "nodes", says: "NotReady"))
    let look = ToolInvocation("kubectl", ["get", "nodes"])
    for _ in 0..<3 { #expect(try await tools.run(look).text == "NotReady") }
    #expect(tools.served == 1)
  }

  @Test func `of calls with the same words, the one with the same input is meant`() async throws {
    let change = { (text: String) in
      ToolInvocation("kubectl", ["apply", "--filename", "-"], input: .text(text), effect: .mutates)
    }
    // FNV-1a of "b", as its authors give it.
    let tools = tools(
      call("kubectl", "apply", "--filename", "-", input: "af63dc4c8601ec8c", says: "a made"),
      call("kubectl", "apply", "--filename", "-", input: "af63df4c8601f1a5", says: "b made"))
    #expect(try await tools.run(change("b")).text == "b made")
    #expect(try await tools.run(change("c")).text == "a made")
  }

  @Test(arguments: [
    ToolInvocation("kubectl", ["get", "secrets"]),
    ToolInvocation("kubectl", ["apply", "--filename", "a.yaml"], effect: .mutates),
  ])
  func `a call that the recording lacks is told, and never answered`(invocation: ToolInvocation) async throws {
    let lacked = Mutex<[String]>([])
    let task = Mutex<Task<ToolOutput?, Never>?>(nil)
    let tools = tools(call("kubectl", "apply", "--filename", "a.yaml")) { name in
      lacked.withLock { $0.append(name) }
      task.withLock { $0?.cancel() }
    }
    // What changes something is answered as often as it was done, and not once more.
    if invocation.effect == .mutates { _ = try await tools.run(invocation) }
    let run = task.withLock { task in
      let run = Task { try? await tools.run(invocation) }
      task = run
      return run
    }
    #expect(await run.value == nil)
    #expect(lacked.withLock(\.self) == ["\(invocation)"])
  }

  @Test func `programs end as they did`() async throws {
    let look = ToolInvocation("talosctl", ["version"])
    for (end, error) in [
      (RecordedCall.End.notFound, ToolError.notFound(tool: "talosctl")),
      (.timedOut(seconds: 3), .timedOut(look, after: .seconds(3))),
      (.tooMuchOutput(limit: 9), .tooMuchOutput(look, limit: 9)),
      (.notStarted(reason: "no room"), .notStarted(look, reason: "no room")),
    ] {
      let tools = tools(call("talosctl", "version", end: end))
      await #expect(throws: error) { try await tools.run(look) }
    }
    let failing = tools(call("talosctl", "version", end: .exited(7)))
    #expect(try await failing.run(look).status == 7)
  }

  @Test func `what a program left lies where it belongs here, and its words name the place`() async throws {
    try await withTemporaryFolder { folder in
      let places = RecordedPlaces(["repository": folder])
      let left = RecordedFile(path: "@repository@/state/kubeconfig", text: "path: @repository@/x\n")
      let tools = ReplayingTools(
        [call("talosctl", "kubeconfig", "@repository@/state/kubeconfig", says: "in @repository@", files: [left])],
        clock: ContinuousClock(), places: places, lacking: { _ in })
      let output = try await tools.run(ToolInvocation("talosctl", ["kubeconfig", "\(folder)/state/kubeconfig"]))
      #expect(output.text == "in \(folder)")
      #expect(try String(contentsOfFile: "\(folder)/state/kubeconfig", encoding: .utf8) == "path: \(folder)/x\n")
    }
  }
}
