import Foundation
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

  @Test(arguments: [false, true])
  func `what only an older chart brought leaves the inventory too, also after a run that was killed`(
    isKilled: Bool
  ) async throws {
    let spec = Fixtures.spec()
    let bootstrap = try runs.prepare(spec)
    let row = "_old-thing_rbac.authorization.k8s.io_ClusterRole"
    let cluster = ScriptedCluster(spec)
    cluster.state.withLock { state in
      state.inventory.insert(row)
      state.olderObject = [
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": ["name": "old-thing"],
      ]
    }
    _ = try await runs.run(bootstrap, bootstrap.plan(), cluster.tools)
    #expect(cluster.state.withLock { $0.inventory } == ["kube-system_coredns_apps_Deployment"])
    // The machine has let go, so that nothing but the patch of the first run still knows the row.
    if isKilled { cluster.state.withLock { _ = $0.inventory.insert(row) } }
    let again = try await runs.run(bootstrap, bootstrap.plan(), cluster.tools)
    #expect(handover(again) == [isKilled ? "done" : "found"])
    #expect(cluster.state.withLock { $0.inventory } == ["kube-system_coredns_apps_Deployment"])
  }

  @Test func `a control plane that comes after the handover does not bring the manifests again`() async throws {
    let spec = Fixtures.spec(controlPlanes: 3)
    let bootstrap = try runs.prepare(spec)
    let cluster = ScriptedCluster(spec)
    let first = cluster.tools
    _ = try await runs.run(bootstrap, bootstrap.plan(), first)
    #expect(given(to: "cp03", by: first).count == 1)
    #expect(given(to: "cp03", by: first).allSatisfy { $0.hasSuffix("rendered/nodes/cp03.yaml") })
    cluster.state.withLock { _ = $0.configured.remove("cp03") }
    let second = cluster.tools
    _ = try await runs.run(bootstrap, bootstrap.plan(), second)
    #expect(given(to: "cp03", by: second).count == 1)
    #expect(given(to: "cp03", by: second).allSatisfy { $0.hasSuffix("rendered/steady/cp03.yaml") })
  }

  /// The configurations that a machine in maintenance mode was given.
  private func given(to name: String, by tools: ScriptedToolRunner) -> [String] {
    tools.mutations.filter { $0.arguments.contains("--insecure") }
      .flatMap { $0.arguments.filter { $0.hasSuffix("/\(name).yaml") } }
  }

  @Test(arguments: [
    (["a: [", "kind: ConfigMap\nmetadata: {name: a}\n"], Observation.State.unreachable),
    (["kind: ConfigMap\nmetadata: {name: a}\n", "kind: ConfigMap\nmetadata: {name: b}\n"], .done),
  ])
  func `a manifest that cannot be read is no proof that nothing is left of it`(
    manifests: [String], state: Observation.State
  ) throws {
    let probe = try #require(Fixtures.bootstrap(Fixtures.spec()).plan()[HandoverStage.id]).probe
    let answers = manifests.map { Answer.contents(Data($0.utf8)) }
    let world = [
      Answer.absent("no patch of an earlier run"), .output(.printing("")), .output(.printing("{\"data\": {}}")),
      .output(.printing("{\"items\": []}")),
    ]
    #expect(probe.conclude(answers + world).state == state)
  }

  @Test func `a run that died before Talos's mark was taken off does that alone`() throws {
    let step = try #require(Fixtures.bootstrap(Fixtures.spec()).plan()[HandoverStage.id])
    let object: JSONValue = ["metadata": ["annotations": ["config.k8s.io/owning-inventory": "x"]]]
    let marked = JSONValue.object(["items": .array([object])]).text()
    let answers: [Answer] = [
      .contents(Data("kind: A\nmetadata: {name: a}\n".utf8)), .contents(Data("kind: B\nmetadata: {name: b}\n".utf8)),
      .absent(""), .output(.printing("")), .output(.printing("{\"data\": {}}")), .output(.printing(marked)),
    ]
    #expect(step.probe.conclude(answers) == .different("1 objects still carry Talos's mark"))
    // A single object comes without a list around it, and none comes as nothing at all.
    let alone = answers.dropLast() + [.output(.printing(object.text()))]
    #expect(step.probe.conclude(Array(alone)).state == .different)
    #expect(step.probe.conclude(answers.dropLast() + [.output(.printing(""))]).state == .done)
    let operations = step.action.response(to: .different).operations.map(\.description)
    #expect(operations.count == 1)
    #expect(operations.first?.contains("config.k8s.io/owning-inventory-") == true)
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
