import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools

@testable import ZeroTouchDiagnosis

/// How a cluster is looked at: only reading, with bounds, and with what was read before the bound.
struct ExaminerTests {
  private static let cluster = ExaminedCluster(
    name: "demo", kubectl: Kubectl(kubeconfig: "/state/kubeconfig"),
    talosctl: Talosctl(talosconfig: "/state/talosconfig"),
    nodes: (0..<30).map { Node(name: "n\($0)", role: .controlPlane, address: IPAddress(203, 0, 113, UInt8($0 + 1))) })

  @Test func `every program that it asks only reads, and has a bound`() async throws {
    let tools = ScriptedToolRunner { invocation throws(ToolError) in
      if invocation.arguments.contains("/readyz") { return .printing("ok") }
      return invocation.tool == "talosctl"
        ? .printing(#"{"spec": {"stage": "running", "status": {"ready": true}}}"#)
        : .printing(#"{"kind": "List", "items": []}"#)
    }
    let examined = await Examiner(tools: tools, clock: ManualClock()).examine(Self.cluster)
    #expect(tools.mutations.isEmpty)
    #expect(tools.invocations.count > 60)
    #expect(tools.invocations.allSatisfy { $0.deadline.map { $0 <= Examiner.patience } == true })
    #expect(examined.calls.count == tools.invocations.count)
    #expect(Diagnosis(of: examined).isHealthy)
    #expect(examined.unread.map(\.what) == ["6 more machines"])
  }

  @Test func `what takes too long is left, and what was read stays`() async throws {
    let clock = ManualClock()
    let tools = ScriptedToolRunner { invocation throws(ToolError) in
      if invocation.tool == "talosctl" { return .failing("rpc error: code = Unavailable desc = no route to host") }
      do { try await clock.sleep(for: .seconds(100_000)) } catch { throw .cancelled(invocation) }
      return .printing("")
    }
    let start = clock.now
    let examined = try await clock.running { await Examiner(tools: tools, clock: clock).examine(Self.cluster) }
    #expect(start.duration(to: clock.now) == Examiner.usualBound)
    #expect(examined.unread.contains { $0.what == "the rest" })
    #expect(examined.symptoms.count { $0.place == .machine } == 24)
  }

  @Test func `what looks like a secret is no part of what a container printed`() {
    let container = TellingContainer(pod: "p", namespace: "n", name: "c", hasEnded: true, isTroubled: true)
    let secrets = [
      "Authorization: Bearer abcdefghijklmnop", "postgres://app:hunter2hunter2@db:5432/app", "password=hunter2hunter2",
      #"{"api_key": "hunter2hunter2"}"#, "AKIAABCDEFGHIJKLMNOP", "ghp_abcdefghijklmnopqrstuvwxyz",
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abcdefghijk",
    ]
    for secret in secrets {
      let text = container.symptoms("cannot start: \(secret) at once\n").map(\.text).joined()
      #expect(text.contains("cannot start") && text.contains(Redactor.mark), "\(text)")
      for value in ["hunter2", "abcdefghijklmnop", "AKIAABC", "eyJzdWIi"] { #expect(!text.contains(value), "\(text)") }
    }
    #expect(container.symptoms("level=fatal msg=\"no route\"\n").map(\.text) == [#"c: level=fatal msg="no route""#])
  }
}
