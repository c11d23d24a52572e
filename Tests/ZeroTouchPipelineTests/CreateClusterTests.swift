import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchReadiness
import ZeroTouchTools

/// The step that has kind make a cluster: once, and never over somebody else's.
struct CreateClusterTests {
  private func bootstrap(roles: [Node.Role] = [.controlPlane]) -> Bootstrap {
    let repository = GitOpsRepository(repoURL: "https://example.org/platform.git", revision: "main")
    let base = Fixtures.bootstrap(.withoutMachines(.kind, repository: repository, name: "demo"))
    return Bootstrap(
      spec: base.spec, layout: base.layout, lock: base.lock, cache: base.cache, workspace: base.workspace,
      applications: base.applications, kindConfiguration: KindConfiguration(roles: roles))
  }

  private func step() throws -> Step { try #require(bootstrap().plan()[StepID("create-cluster")]) }

  private func seen(_ clusters: Answer, mark: String?, hasKubeconfig: Bool) throws -> Observation {
    let mark = mark.map { Answer.contents(Data("\($0)\n".utf8)) } ?? .absent("no such file")
    return try step().probe.conclude([clusters, mark, hasKubeconfig ? .contents(Data()) : .absent("no such file")])
  }

  private let listed = Answer.output(.printing("demo\nother\n"))

  @Test func `the plan needs kind and no machine`() throws {
    let plan = bootstrap().plan()
    #expect(
      plan.stages == [
        "preflight", "create-cluster", "kubernetes-api", "network-gate", "argocd", "root-application", "sync-waves",
        "validate",
      ])
    let needs = Dictionary(uniqueKeysWithValues: plan.steps.map { ("\($0.id)", $0.needs.map(\.description)) })
    #expect(needs["create-cluster"] == ["preflight"] && needs["kubernetes-api"] == ["create-cluster"])
    #expect(
      try step().action.operations.map(\.description) == [
        "write /nowhere/state/kind",
        "kind create cluster --name demo --config /nowhere/repository/bootstrap/kind/cluster.yaml"
          + " --kubeconfig /nowhere/state/kubeconfig",
        "write /nowhere/state/kind",
      ])
    #expect(bootstrap().toolbox.requirements.map(\.tool) == [.kind, .kubectl, .helm, .git])
  }

  @Test func `every node of kind's file has to be Ready`() {
    let gates = bootstrap(roles: [.controlPlane, .worker, .worker]).gates.network
    #expect(gates.first?.title == "3 nodes are Ready")
  }

  @Test func `a cluster is made where there is none, and left alone where it was made from here`() throws {
    #expect(try seen(.output(.printing("other\n")), mark: "made", hasKubeconfig: true).state == .missing)
    #expect(try seen(.output(.printing("")), mark: nil, hasKubeconfig: false).state == .missing)
    #expect(try seen(listed, mark: "made", hasKubeconfig: true).state == .done)
  }

  @Test func `half a cluster is taken away and made anew`() throws {
    #expect(try seen(listed, mark: "begun", hasKubeconfig: true).state == .different)
    let operations = try step().action.response(to: .different).operations.map(\.description)
    #expect(operations.first == "kind delete cluster --name demo --kubeconfig /nowhere/state/kubeconfig")
    #expect(operations.count == 4)
  }

  @Test func `a cluster that was not made from here is refused, and never deleted`() throws {
    let foreign = try seen(listed, mark: nil, hasKubeconfig: true)
    #expect(foreign.state == .foreign)
    guard case .refuse(let advice) = try step().action.response(to: .foreign) else {
      Issue.record("it would be touched")
      return
    }
    #expect(advice.contains("kind delete cluster --name demo"))
  }

  @Test func `a lost kubeconfig and a silent Docker are told, and nothing is touched`() throws {
    let lost = try seen(listed, mark: "made", hasKubeconfig: false)
    #expect(lost.state == .unreachable && lost.saw.contains("kind export kubeconfig --name demo"))
    let silent = try seen(
      .output(.failing("ERROR: failed to list clusters: exit status 1")), mark: "made", hasKubeconfig: true)
    #expect(silent.state == .unreachable && silent.saw.contains("failed to list clusters"))
    #expect(try step().action.response(to: .unreachable).operations.isEmpty)
  }
}
