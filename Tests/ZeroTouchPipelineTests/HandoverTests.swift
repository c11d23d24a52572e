import Synchronization
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

struct HandoverTests {
  private let runs = WholeRunTests()

  private func handover(_ report: RunReport) -> [String] {
    report.rows.filter { $0.stage == HandoverStage.name }.map(\.state)
  }

  @Test func `every control plane lets go before the inventory is cleared, and that before the marks`() async throws {
    let spec = Fixtures.spec(controlPlanes: 3)
    let bootstrap = try runs.prepare(spec)
    let cluster = ScriptedCluster(spec)
    let tools = cluster.tools
    let report = try await runs.run(bootstrap, bootstrap.plan(), tools)
    #expect(handover(report) == ["done"])
    let verbs = tools.mutations.compactMap { call in
      ["no-reboot", "patch", "annotate"].first(where: call.arguments.contains)
    }
    #expect(verbs == ["no-reboot", "no-reboot", "no-reboot", "patch", "annotate"])
    #expect(cluster.state.withLock { $0.inventory } == ["kube-system_coredns_apps_Deployment"])
  }

  @Test func `a run that was killed before the inventory was cleared is finished by the next one`() async throws {
    let spec = Fixtures.spec()
    let bootstrap = try runs.prepare(spec)
    let cluster = ScriptedCluster(spec)
    _ = try await runs.run(bootstrap, bootstrap.plan(), cluster.tools)
    cluster.state.withLock { _ = $0.inventory.insert("kube-system_cilium_apps_DaemonSet") }
    let report = try await runs.run(bootstrap, bootstrap.plan(), cluster.tools)
    #expect(handover(report) == ["done"])
    #expect(cluster.state.withLock { !$0.inventory.contains("kube-system_cilium_apps_DaemonSet") })
    let again = try await runs.run(bootstrap, bootstrap.plan(), cluster.tools)
    #expect(handover(again) == ["found"])
  }

  @Test func `a cluster that somebody else made is not touched`() {
    let plan = Fixtures.bootstrap(Fixtures.spec(provider: .existing), kubeconfig: "/k").plan()
    #expect(plan[HandoverStage.id] == nil)
  }

  @Test func `what a control plane holds afterwards is rendered with the rest`() {
    let bootstrap = Fixtures.bootstrap(Fixtures.spec(workers: 1))
    let written = { (name: String) in
      bootstrap.plan().steps.first { $0.id.description == "render/\(name)" }?.action.response(to: .missing)
        .operations.flatMap(\.writtenPaths) ?? []
    }
    #expect(written("cp01").contains { $0.hasSuffix("rendered/steady/cp01.yaml") })
    #expect(!written("worker01").contains { $0.contains("/steady/") })
  }
}
