import Foundation
import Synchronization
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchReadiness
import ZeroTouchSecrets
import ZeroTouchTools

struct PipelineRunnerTests {
  private let scratch = ScratchDirectory()

  private func step(
    _ name: String, needs: [String] = [], probe: Probe = .always, _ operations: [ZeroTouchPipeline.Operation]
  ) -> Step {
    Step(StepID(name), name, needs: needs.map { StepID($0) }, probe: probe, action: Action(missing: operations))
  }

  private func change(_ word: String) -> ToolInvocation { ToolInvocation("change", [word], effect: .mutates) }

  private func run(
    _ steps: [Step], tools: ScriptedToolRunner, events: EventLog = EventLog(), secrets: [String: String] = [:]
  ) async throws -> RunReport {
    let clock = ManualClock()
    let environment = Fixtures.environment(tools, clock, scratch.path, secrets: secrets, report: events.note)
    let plan = BootstrapPlan(cluster: "demo", steps: steps)
    return try await clock.running { try await PipelineRunner(environment, holder: "test").run(plan) }
  }

  @Test func `steps run in the order of their needs and the report says what each did`() async throws {
    let tools = ScriptedToolRunner { _ in .printing("ok") }
    let present = Probe([.run(ToolInvocation("look", []))]) { $0.isEmpty ? nil : .done("it is there") }
    let report = try await run(
      [
        step("b", needs: ["a"], [.run(change("b"))]), step("a", [.run(change("a"))]),
        step("c", needs: ["b"], probe: present, []),
      ],
      tools: tools)
    #expect(tools.invocations.map(\.description) == ["change a", "change b", "look"])
    #expect(report.rows.map(\.state) == ["done", "done", "found"])
  }

  @Test func `a captured output and a composed file land in the workspace`() async throws {
    let workspace = Workspace(root: "\(scratch.path)/state")
    let (first, second) = (workspace.path("rendered/one"), workspace.path("rendered/two"))
    let tools = ScriptedToolRunner { _ in .printing("text") }
    _ = try await run(
      [
        step(
          "a",
          [
            .run(ToolInvocation("render", []), capture: first),
            .compose(Composition("twice", from: [first], to: second) { $0[0] + $0[0] }),
          ])
      ], tools: tools)
    #expect(workspace.contents(of: second) == Data("texttext".utf8))
  }

  @Test func `a tool that is still coming up is asked again, one that refuses is not`() async throws {
    let left = Mutex(3)
    let tools = ScriptedToolRunner { _ in
      let isDown = left.withLock { count in
        count -= 1
        return count >= 0
      }
      return isDown ? .failing("The connection to the server was refused") : .printing("")
    }
    let events = EventLog()
    let apply = ToolInvocation("kubectl", ["apply"], effect: .mutates)
    _ = try await run([step("a", [.run(apply)])], tools: tools, events: events)
    #expect(tools.invocations.count == 4)
    #expect(events.names.filter { $0 == "retrying" }.count == 3)

    let refusing = ScriptedToolRunner { _ in .failing("Error from server (Forbidden): no") }
    await #expect(throws: PipelineError.self) {
      _ = try await run([step("a", [.run(apply)])], tools: refusing)
    }
    #expect(refusing.invocations.count == 1)
  }

  @Test func `retries end, and the error keeps the invocation and its last words`() async throws {
    let tools = ScriptedToolRunner { _ in .failing("Unable to connect to the server: EOF") }
    let apply = ToolInvocation("kubectl", ["apply"], effect: .mutates)
    let wanted = ToolError.exited(apply, .failing("Unable to connect to the server: EOF"))
    await #expect(throws: PipelineError.stepsFailed([FailedStep(step: StepID("a"), failure: .tool(wanted))])) {
      _ = try await run([step("a", [.run(apply)])], tools: tools)
    }
    #expect(tools.invocations.count == RetryPolicy().attempts)
  }

  @Test func `a world that does not answer is spoken of, not just waited for`() async throws {
    let tools = ScriptedToolRunner { _ in .printing("") }
    let silent = Probe([]) { _ in .unreachable("no route to host") }
    let events = EventLog()
    let error = await #expect(throws: PipelineError.self) {
      _ = try await run([step("a", probe: silent, [])], tools: tools, events: events)
    }
    let waits = events.all.compactMap { if case .waiting(_, _, let reason, _, _) = $0 { reason } else { nil } }
    #expect((5...8).contains(waits.count))
    #expect(Set(waits) == ["no route to host"])
    #expect(error?.exitStatus == .gateNotReached)
  }

  @Test func `a tolerated failure counts as success`() async throws {
    let tools = ScriptedToolRunner { _ in .failing("etcd data directory is not empty") }
    let tolerated = [Tolerance("is not empty", meaning: "done before")]
    let report = try await run(
      [step("a", [.run(change("a"), tolerating: tolerated)])], tools: tools)
    #expect(report.rows.map(\.state) == ["done"])
  }

  @Test func `all failures of parallel steps are reported, and nothing new starts`() async throws {
    let tools = ScriptedToolRunner { invocation in
      invocation.arguments == ["good"] ? .printing("") : .failing("broken \(invocation.arguments[0])")
    }
    let steps = [
      step("a", [.run(change("one"))]), step("b", [.run(change("two"))]), step("c", [.run(change("good"))]),
      step("d", needs: ["a", "c"], [.run(change("never"))]),
    ]
    let error = await #expect(throws: PipelineError.self) {
      _ = try await run(steps, tools: tools)
    }
    guard case .stepsFailed(let failures) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(failures.map(\.step.description) == ["a", "b"])
    #expect(error?.exitStatus == .runFailed)
    #expect(!tools.invocations.contains { $0.arguments == ["never"] })
  }

  @Test func `cancelling ends the running program and says where the run stopped`() async throws {
    let (began, signal) = AsyncStream.makeStream(of: Void.self)
    let tools = ScriptedToolRunner { invocation async throws(ToolError) in
      signal.yield()
      do { try await Task.never() } catch { throw .cancelled(invocation) }
      return .printing("")
    }
    let events = EventLog()
    let environment = Fixtures.environment(tools, ManualClock(), scratch.path, report: events.note)
    let plan = BootstrapPlan(
      cluster: "demo", steps: [step("a", [.run(change("a"))]), step("b", needs: ["a"], [.run(change("b"))])])
    let task = Task { try await PipelineRunner(environment).run(plan) }
    for await _ in began { break }
    task.cancel()
    await #expect(throws: PipelineError.interrupted(at: [StepID("a")])) { _ = try await task.value }
    #expect(tools.invocations.count == 1)
    #expect(events.names.suffix(4) == ["interrupted", "stopped", "not-started", "finished"])
    guard case .finished(done: 0, of: 2, failed: 0, stopped: [StepID("a")], _)? = events.all.last else {
      Issue.record("\(events.lines.last ?? "")")
      return
    }
    #expect(PipelineError.interrupted(at: []).exitStatus == .interrupted)
  }

  @Test func `a second run of the same cluster is refused while the first holds it`() async throws {
    try Workspace(root: "\(scratch.path)/state").prepare()
    let lock = try RunLock.take(at: "\(scratch.path)/state/lock", holder: "process 42")
    let tools = ScriptedToolRunner { _ in .printing("") }
    let error = await #expect(throws: PipelineError.self) {
      _ = try await run([step("a", [.run(change("a"))])], tools: tools)
    }
    #expect(error?.description.contains("process 42") == true)
    #expect(error?.exitStatus == .refused)
    #expect(tools.invocations.isEmpty)
    lock.release()
  }

  @Test func `no event, journal line or error ever holds a secret, in any encoding`() async throws {
    let value = Fixtures.sentinel
    let base64 = Data(value.utf8).base64EncodedString()
    // The worst tool: it prints what it was given, plainly and in base64.
    let tools = ScriptedToolRunner { invocation in
      guard case .secret(let secret) = invocation.input else { return .failing("(NotFound) \(value)") }
      return .failing("cannot apply \(String(decoding: secret.exposed, as: UTF8.self)) \(value) \(base64)")
    }
    let target = InjectionTarget(kubectl: Kubectl(kubeconfig: "k"), applications: [])
    let row = SecretInjection(namespace: "n", name: "s", values: ["KEY": .reference(.environment("KEY"))])
    let probe = Probe([.injected(row, target), .run(ToolInvocation("look", []))]) {
      $0.count < 2 ? nil : .missing($0[1].complaint)
    }
    let events = EventLog()
    let error = await #expect(throws: PipelineError.self) {
      let steps = [
        step("z", [.inject(row, target)]),
        step("a", needs: ["z"], probe: probe, [.inject(row, target)]),
      ]
      _ = try await run(steps, tools: tools, events: events, secrets: ["KEY": value])
    }
    let journal = FileManager.default.contents(atPath: "\(scratch.path)/state/journal.ndjson") ?? Data()
    let texts =
      events.lines + [
        "\(String(describing: error))", error?.description ?? "", String(decoding: journal, as: UTF8.self),
      ]
    #expect(journal.count > 200)
    for text in texts {
      #expect(!text.contains(value))
      #expect(!text.contains(base64))
      #expect(!text.contains(JSONValue.string(value).text().dropFirst().dropLast()))
    }
    #expect(texts.contains { $0.contains("<redacted>") })
  }
}

/// Remembers the events of a run.
final class EventLog: Sendable {
  private let events = Mutex<[(PipelineEvent, Duration)]>([])

  func note(_ event: PipelineEvent, _ time: Duration) { events.withLock { $0.append((event, time)) } }

  var all: [PipelineEvent] { events.withLock { $0.map(\.0) } }
  var names: [String] { all.map(\.name) }
  var lines: [String] { events.withLock { $0.map { $0.0.line(at: $0.1) } } }
}

extension Task where Success == Never, Failure == Never {
  /// Waits until the task is cancelled.
  static func never() async throws {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    for await _ in stream {}
    continuation.finish()
    throw Swift.CancellationError()
  }
}
