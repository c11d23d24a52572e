import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchReadiness
import ZeroTouchTools

struct BootstrapPlanTests {
  private func needs(_ plan: BootstrapPlan) -> [String: [String]] {
    Dictionary(
      uniqueKeysWithValues: plan.steps.map { ($0.id.description, $0.needs.map(\.description).sorted()) })
  }

  @Test func `the graph is the one of the design`() {
    let plan = Fixtures.bootstrap(Fixtures.spec(controlPlanes: 3, workers: 2, hasSecrets: true)).plan()
    let needs = needs(plan)
    #expect(needs["render"] == ["preflight"])
    #expect(needs["install-os/worker01"] == ["render/worker01"])
    #expect(needs["apply-config/cp02"] == ["install-os/cp02"])
    #expect(needs["bootstrap-etcd"] == ["apply-config/cp01"])
    #expect(needs["join-control-plane/cp03"] == ["apply-config/cp03", "bootstrap-etcd"])
    #expect(needs["kubernetes-api"] == ["bootstrap-etcd"])
    #expect(needs["inject-secrets"] == ["kubernetes-api"])
    #expect(needs["network-gate"] == ["kubernetes-api"])
    #expect(needs["join-worker/worker02"] == ["install-os/worker02", "network-gate"])
    #expect(needs["argocd"] == ["network-gate"])
    #expect(
      needs["root-application"] == [
        "argocd", "inject-secrets", "join-control-plane/cp02", "join-control-plane/cp03",
      ])
    #expect(needs["sync-waves"] == ["root-application"])
    #expect(needs["handover"] == ["sync-waves"])
    #expect(needs["validate"] == ["handover", "join-worker/worker01", "join-worker/worker02"])
    #expect(needs["join-control-plane/cp01"] == nil)
  }

  @Test func `every need is a step of the plan, and the order leaves none out`() {
    for spec in [Fixtures.spec(), Fixtures.spec(controlPlanes: 5, workers: 200, hasSecrets: true)] {
      let plan = Fixtures.bootstrap(spec).plan()
      let known = Set(plan.steps.map(\.id))
      #expect(plan.steps.allSatisfy { $0.needs.allSatisfy(known.contains) })
      #expect(known.count == plan.steps.count)
      #expect(plan.inOrder.count == plan.steps.count)
    }
  }

  @Test func `a cluster that exists keeps everything after its API, behind the preflight`() {
    let spec = Fixtures.spec(provider: .existing, hasSecrets: true)
    let plan = Fixtures.bootstrap(spec, kubeconfig: "/given/kubeconfig").plan()
    #expect(
      plan.stages == [
        "preflight", "network-gate", "inject-secrets", "argocd", "root-application", "sync-waves", "validate",
      ])
    #expect(needs(plan)["network-gate"] == ["preflight"])
    #expect(needs(plan)["inject-secrets"] == ["preflight"])
    let text = text(plan)
    #expect(text.contains("--kubeconfig /given/kubeconfig"))
    #expect(!text.contains("talosctl"))
  }

  @Test func `a cluster that exists and of which no machine is known waits for the preflight too`() {
    let spec = ClusterSpec.withoutMachines(
      .existing, repository: GitOpsRepository(repoURL: "https://example.org/platform.git", revision: "main"))
    let plan = Fixtures.bootstrap(spec, kubeconfig: "/given/kubeconfig").plan()
    #expect(needs(plan)["network-gate"] == ["preflight"])
    #expect(plan.steps.filter(\.needs.isEmpty).map(\.id.description) == ["preflight"])
    #expect(plan.steps.allSatisfy { $0.needs.allSatisfy(Set(plan.steps.map(\.id)).contains) })
  }

  /// The machines whose configurations are given to `talosctl validate`, by their files.
  private func judged(_ plan: BootstrapPlan) -> [String] {
    plan.steps.flatMap(\.action.operations).compactMap { operation in
      guard case .run(let call, _, _, _) = operation, call.arguments.first == "validate" else { return nil }
      return call.arguments.first { $0.hasSuffix(".yaml") }?.split(separator: "/").suffix(2).joined(separator: "/")
    }
  }

  @Test func `Talos's own check judges every kind of configuration, and what control planes hold afterwards`() {
    var spec = Fixtures.spec(controlPlanes: 3, workers: 6)
    for index in spec.nodes.indices { spec.nodes[index].disk = .init(serial: "S\(index)") }
    #expect(judged(Fixtures.bootstrap(spec).plan()) == ["nodes/cp01.yaml", "steady/cp01.yaml", "nodes/worker01.yaml"])
    spec.nodes[4].labels = ["topology.kubernetes.io/zone": "fsn1"]
    spec.nodes[5].disk = .init(path: "/dev/sdb")
    spec.nodes[6].interfaces = [NetworkInterface(.mac("a8:a1:59:0f:00:01"), .init(mtu: 1400))]
    spec.nodes[7].interfaces = [NetworkInterface(.mac("a8:a1:59:0f:00:02"), .init(mtu: 1400))]
    spec.nodes[2].taints = ["dedicated": "gpu:NoSchedule"]
    #expect(
      judged(Fixtures.bootstrap(spec).plan()) == [
        "nodes/cp01.yaml", "steady/cp01.yaml", "nodes/cp03.yaml", "steady/cp03.yaml", "nodes/worker01.yaml",
        "nodes/worker02.yaml", "nodes/worker03.yaml", "nodes/worker04.yaml",
      ])
  }

  @Test func `a worker that joins is judged also where another one of its kind was before`() {
    let bootstrap = Fixtures.bootstrap(Fixtures.spec(workers: 3))
    #expect(judged(bootstrap.joinPlan(workers: ["worker02", "worker03"])) == ["nodes/worker02.yaml"])
    #expect(
      bootstrap.joinPlan(workers: ["worker02"]).steps.map(\.id)
        == bootstrap.plan().joining(workers: ["worker02"]).steps.map(\.id))
  }

  @Test func `joining workers touches only the new machines`() {
    let plan = Fixtures.bootstrap(Fixtures.spec(workers: 3)).plan().joining(workers: ["worker02"])
    #expect(
      plan.steps.map(\.id.description) == [
        "preflight", "render", "render/worker02", "install-os/worker02", "join-worker/worker02",
      ])
    #expect(needs(plan)["join-worker/worker02"]?.contains("install-os/worker02") == true)
  }

  @Test func `a worker has joined when its agent runs and the operators do, and its label says so at last`() throws {
    let plan = Fixtures.bootstrap(Fixtures.spec(workers: 1)).joinPlan(workers: ["worker01"])
    let step = try #require(plan[StepID("join-worker", "worker01")])
    let ends = step.action.operations.suffix(4).map(\.description)
    #expect(ends[0].contains("node-ready(worker01)") && ends[1].contains("cilium-agents(worker01)"))
    #expect(ends[2].contains("cilium-operator") && ends[3].contains("label node worker01"))
    #expect(step.action.response(to: .different).operations.map(\.description) == ends)
  }

  @Test func `a worker joins without what Git's secrets and stores need`() throws {
    let plan = Fixtures.bootstrap(Fixtures.spec(workers: 1, hasSecrets: true)).joinPlan(workers: ["worker01"])
    let asked = try #require(plan[PreflightStage.id]).probe.questions.map(\.description).joined(separator: "\n")
    #expect(asked.contains("get nodes") && asked.contains("talosctl"))
    #expect(!asked.contains("env:KEY") && !asked.contains("git -C"))
  }

  @Test func `an image without a sum is never installed`() throws {
    let bootstrap = Fixtures.bootstrap(Fixtures.spec(workers: 1))
    let image = ArtifactLock.Artifact(
      name: "talos-image", version: "v1.13.9", url: "https://example.org/image", sha256: nil, size: nil, purpose: "test"
    )
    let open = Bootstrap(
      spec: bootstrap.spec, layout: bootstrap.layout, lock: ArtifactLock(artifacts: [image]), cache: bootstrap.cache,
      workspace: bootstrap.workspace, applications: bootstrap.applications)
    for (bootstrap, isRefused) in [(bootstrap, false), (open, true)] {
      let step = try #require(bootstrap.installPlan(["worker01"])[PreflightStage.id])
      let answers = step.probe.questions.map { _ in Answer.absent("nobody was asked") }
      let problems = step.probe.conclude(answers).problems.map(\.message)
      #expect(problems.contains { $0.contains("has no SHA-256") } == isRefused)
      #expect(!problems.contains { $0.contains("`cp01`") })
    }
  }

  @Test func `the last look alone needs nothing and changes nothing`() {
    let plan = Fixtures.bootstrap(Fixtures.spec(hasSecrets: true)).plan().validating
    #expect(plan.steps.map(\.id.description) == ["validate"])
    #expect(plan.steps.flatMap(\.action.operations).isEmpty)
    #expect(plan.steps.allSatisfy { $0.needs.isEmpty })
  }

  @Test(arguments: ClusterSpec.Provider.allCases)
  func `the injection alone waits for its own checks, which do not ask what Git holds`(
    _ provider: ClusterSpec.Provider
  ) {
    let plan = Fixtures.bootstrap(Fixtures.spec(provider: provider, hasSecrets: true)).injectionPlan
    #expect(plan.steps.map(\.id.description) == ["preflight", "inject-secrets"])
    #expect(needs(plan)["inject-secrets"] == ["preflight"])
    let text = text(plan)
    #expect(text.contains("get --raw /readyz") && text.contains("env:KEY_ID"))
    for program in ["git", "helm", "talosctl", "ssh"] { #expect(!text.contains("\(program) ")) }
  }

  private func text(_ plan: BootstrapPlan) -> String {
    plan.steps.flatMap { $0.probe.questions.map(\.description) + $0.action.operations.map(\.description) }
      .joined(separator: "\n")
  }

  @Test func `the plan shows the exact command lines, with secrets redacted`() {
    let text = text(Fixtures.bootstrap(Fixtures.spec(workers: 1, hasSecrets: true)).plan())
    #expect(
      text.contains("talosctl apply-config -f /nowhere/state/rendered/nodes/cp01.yaml --insecure -n 203.0.113.10"))
    #expect(text.contains("bootstrap\n"))
    #expect(text.contains("kubectl --kubeconfig /nowhere/state/kubeconfig label node worker01"))
    #expect(text.contains("<redacted"))
    #expect(text.contains("wait for talos-maintenance(cp01), at most 10m"))
    #expect(text.contains("wait for argocd-crds, at most 3m"))
  }

  @Test func `the plan as JSON says of every operation what it is and whether it mutates`() {
    let json = Fixtures.bootstrap(Fixtures.spec(workers: 1)).plan().json
    let operations = (json["steps"]?.arrayValue ?? []).flatMap { $0["operations"]?.arrayValue ?? [] }
    #expect(operations.count > 20)
    #expect(operations.allSatisfy { ["run", "write", "wait"].contains($0["kind"]?.stringValue) })
    let mutating = operations.filter { $0["mutates"]?.boolValue == true }.compactMap { $0["tool"]?.stringValue }
    #expect(Set(mutating) == ["ssh", "talosctl", "kubectl"])
  }

  @Test(arguments: ClusterSpec.Provider.allCases)
  func `every bound the spec may set is the bound of a wait, shown by the plan`(provider: ClusterSpec.Provider) {
    var spec = Fixtures.spec(controlPlanes: 3, workers: 1, provider: provider, hasSecrets: true)
    spec.network.gateway = AddressPool("192.168.1.224/28").map { .l2(pool: $0) } ?? .hostNetwork
    let settable = GateName.allCases.filter { $0.providers.contains(provider) }
    spec.timeouts = Dictionary(uniqueKeysWithValues: settable.map { ($0.rawValue, .seconds(77)) })
    let plan = Fixtures.bootstrap(spec, kubeconfig: "/given").plan()
    let waits = plan.steps.flatMap(\.action.operations).compactMap { operation -> Gate? in
      if case .wait(let gate) = operation { gate } else { nil }
    }
    #expect(Set(waits.map(\.name)) == Set(settable))
    #expect(waits.allSatisfy { $0.bound == .seconds(77) })
    #expect(text(plan).contains("at most 1m17s"))
  }

  @Test func `no probe holds a program that mutates`() {
    let plan = Fixtures.bootstrap(Fixtures.spec(controlPlanes: 3, workers: 2, hasSecrets: true)).plan()
    for question in plan.steps.flatMap(\.probe.questions) {
      switch question {
      case .run(let invocation): #expect(invocation.effect == .reads)
      case .injected(let row, let target): #expect(target.get(row).effect == .reads)
      case .file, .gate, .node, .reference, .step: break
      }
    }
  }
}
