import Foundation
import TestSupport
import Testing
import ZeroTouchDiagnosis
import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchTools

@testable import ZeroTouchPipeline

/// What a failed step is told with: its last reason first, then what explains it.
struct ExplanationTests {
  private let scratch = ScratchDirectory()
  private static let pending = #"""
    {"kind": "List", "items": [{"kind": "Pod", "metadata": {"name": "cilium-1", "namespace": "kube-system"},
      "spec": {"nodeName": "cp01"}, "status": {"phase": "Running", "containerStatuses": [{"name": "cilium-agent",
        "ready": false, "state": {"waiting": {"reason": "CrashLoopBackOff"}},
        "lastState": {"terminated": {"exitCode": 1, "reason": "Error"}}}]}}]}
    """#
  private static let words = "dial tcp 127.0.0.1:7445: connect: connection refused token=hunter2hunter2"

  /// A cluster in which one agent crashes.
  private static func cluster(_ invocation: ToolInvocation) -> ToolOutput {
    let words = invocation.arguments.dropFirst(2).joined(separator: " ")
    if words.contains("readyz") { return .printing("ok") }
    if words.hasPrefix("get pods") { return .printing(pending) }
    if words.hasPrefix("logs cilium-1") { return .printing("\(Self.words)\n") }
    return words.hasPrefix("get ") ? .printing(#"{"kind": "List", "items": []}"#) : .failing("unexpected: \(words)")
  }

  private func failure(
    _ tools: ScriptedToolRunner, secrets: [Secret] = [], events: EventLog = EventLog(), hasKubeconfig: Bool = true
  ) async throws -> PipelineError {
    let clock = ManualClock()
    let workspace = Workspace(root: "\(scratch.path)/state")
    try workspace.prepare()
    if hasKubeconfig { try workspace.write(Data("{}".utf8), to: workspace.path("kubeconfig")) }
    let kubectl = Kubectl(kubeconfig: workspace.path("kubeconfig"))
    let gate = Gate(.ciliumAgents, title: "never", sources: [], bound: .seconds(60)) { _ in
      .waiting("0 of 1 agents ready")
    }
    let plan = BootstrapPlan(
      cluster: "demo",
      steps: [Step(StepID("network-gate"), "n", probe: .always, action: Action(missing: [.wait(gate)]))],
      examined: ExaminedCluster(name: "demo", kubectl: kubectl, talosctl: nil, nodes: []))
    let environment = Fixtures.environment(tools, clock, scratch.path, report: events.note)
    environment.concealment.learn(secrets)
    return try #require(
      await #expect(throws: PipelineError.self) {
        _ = try await clock.running { try await PipelineRunner(environment, holder: "test").run(plan) }
      })
  }

  @Test func `a closed gate says what it saw last, and then the cause with what speaks for it and what helps`()
    async throws
  {
    let tools = ScriptedToolRunner { invocation throws(ToolError) in Self.cluster(invocation) }
    let events = EventLog()
    let error = try await failure(tools, events: events)
    let lines = error.description.split(separator: "\n").map(String.init)
    #expect(lines[0] == "`network-gate` failed: `cilium-agents` was not reached within 1m: 0 of 1 agents ready")
    #expect(lines[1].hasPrefix("  cause: ") && lines[1].hasSuffix("(kubeprism-off)"), "\(lines)")
    #expect(lines.contains { $0.hasPrefix("    seen: Pod kube-system/cilium-1: ") }, "\(lines)")
    #expect(lines.contains { $0.hasPrefix("    do: ") }, "\(lines)")
    #expect(error.exitStatus == .gateNotReached)
    let explained = events.all.compactMap { event in
      if case .explained(let step, let causes, _) = event { (step, causes) } else { nil }
    }
    #expect(explained.map(\.0) == [StepID("network-gate")] && explained.first?.1 == ["kubeprism-off"])
    #expect(tools.mutations.isEmpty)
    let run = try #require(JournaledRun.all(at: "\(scratch.path)/state/journal.ndjson").last)
    #expect(run.steps.first?.explanation == lines.dropFirst().dropLast().joined(separator: "\n"))
  }

  @Test func `what explains a failure holds no secret, known or conspicuous`() async throws {
    let tools = ScriptedToolRunner { invocation throws(ToolError) in Self.cluster(invocation) }
    let error = try await failure(tools, secrets: [Secret("connection refused")])
    #expect(error.description.contains(Redactor.mark))
    #expect(!error.description.contains("connection refused") && !error.description.contains("hunter2"))
  }

  @Test(arguments: ["gone", "hangs"])
  func `where the API is gone the failure stays what it was, and the look at it has an end`(fate: String) async throws {
    let tools = ScriptedToolRunner { invocation throws(ToolError) in
      if fate == "hangs" { throw .timedOut(invocation, after: .seconds(15)) }
      return .failing("The connection to the server 203.0.113.10:6443 was refused")
    }
    let error = try await failure(tools)
    #expect(error.description.hasPrefix("`network-gate` failed: `cilium-agents` was not reached within 1m: 0 of 1"))
    #expect(error.exitStatus == .gateNotReached)
    #expect(tools.invocations.count == 1, "one question tells that nobody answers")
  }

  @Test func `nobody looks at a cluster that has no kubeconfig yet`() async throws {
    let tools = ScriptedToolRunner { invocation throws(ToolError) in Self.cluster(invocation) }
    _ = try await failure(tools, hasKubeconfig: false)
    #expect(tools.invocations.isEmpty)
  }
}
