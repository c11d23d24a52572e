import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchTools

/// The gates of Cilium, the Gateway API and Argo CD, each open and each never getting there.
struct PlatformGateTests {
  private typealias Objects = ClusterObjects
  private let cluster = ScriptedCluster()
  private let clock = ManualClock()
  private let gates = KubernetesGates(kubectl: Kubectl(kubeconfig: "kc"))

  private func answer(to gate: Gate) async throws -> GateAnswer {
    let keeper = GateKeeper(tools: cluster, clock: clock, executor: clock)
    return try await clock.running { try await keeper.wait(for: gate) }
  }

  private func reasonClosed(_ gate: Gate) async throws -> String {
    do {
      let keeper = GateKeeper(tools: cluster, clock: clock, executor: clock)
      let answer = try await clock.running { try await keeper.wait(for: gate) }
      Issue.record("`\(gate)` opened: \(answer)")
      return ""
    } catch let GateError.timedOut(_, after, last) {
      #expect(after == gate.bound)
      return last
    }
  }

  private func expectClosed(_ gate: Gate, saying expected: String) async throws {
    let reason = try await reasonClosed(gate)
    #expect(reason == expected)
  }

  private func nodes(_ count: Int, taints: [String] = []) {
    for number in 1...count { cluster.put(Objects.node("n\(number)", taints: taints), "nodes") }
  }

  private func agents(wanted: Int, ready: Int, updated: Int? = nil) {
    cluster.put(
      Objects.daemonSet("cilium", in: "kube-system", wanted: wanted, ready: ready, updated: updated), "daemonsets.apps")
  }

  private func operators(ready: Int, wanted: Int = 2) {
    cluster.put(
      Objects.deployment("cilium-operator", in: "kube-system", wanted: wanted, ready: ready), "deployments.apps")
  }

  // MARK: - Cilium

  @Test func `an agent on every node opens cilium-agents`() async throws {
    nodes(2)
    agents(wanted: 2, ready: 2)
    #expect(try await answer(to: gates.ciliumAgents) == .open("2 of 2 agents ready"))
  }

  @Test func `agents on fewer nodes than there are leave cilium-agents closed`() async throws {
    nodes(3)
    agents(wanted: 2, ready: 2)
    try await expectClosed(gates.ciliumAgents, saying: "2 of 3 agents ready; the DaemonSet wants 2")
  }

  @Test func `no nodes and no agents leave cilium-agents closed`() async throws {
    agents(wanted: 0, ready: 0)
    try await expectClosed(gates.ciliumAgents, saying: "no node is registered")
  }

  @Test func `an agent that cannot pull its image is named`() async throws {
    nodes(1)
    agents(wanted: 1, ready: 0)
    cluster.put(
      Objects.pod("cilium-x", of: "cilium", in: "kube-system", waiting: ("ImagePullBackOff", "no such manifest")),
      "pods")
    #expect(try await reasonClosed(gates.ciliumAgents).hasSuffix("in ImagePullBackOff: no such manifest"))
  }

  @Test func `a node's own agent is what its gate looks at`() async throws {
    try await expectClosed(gates.ciliumAgent(on: "n2"), saying: "no agent was started there yet")
    cluster.put(Objects.agent(on: "n1", isReady: true), "pods")
    cluster.put(Objects.agent(on: "n2", isReady: false), "pods")
    #expect(try await reasonClosed(gates.ciliumAgent(on: "n2")).contains("cilium-n2"))
    cluster.put(Objects.agent(on: "n2", isReady: true), "pods")
    #expect(try await answer(to: gates.ciliumAgent(on: "n2")) == .open("ready"))
  }

  @Test func `one node holds one operator, and the gate says why the second is pending`() async throws {
    nodes(1, taints: ["node-role.kubernetes.io/control-plane"])
    operators(ready: 1)
    let message = "0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules."
    cluster.put(Objects.pod("op-2", of: "cilium-operator", in: "kube-system", unschedulable: message), "pods")
    #expect(
      try await answer(to: gates.ciliumOperator)
        == .open(
          "1 of 2 operators ready, as many as 1 schedulable node can hold; pod `op-2` is not scheduled: \(message)"))
  }

  @Test func `two nodes want two operators`() async throws {
    nodes(2)
    operators(ready: 1)
    try await expectClosed(gates.ciliumOperator, saying: "1 of 2 operators ready, 2 needed")
    operators(ready: 2)
    #expect(try await answer(to: gates.ciliumOperator) == .open("2 of 2 operators ready"))
  }

  @Test func `a node whose taint no operator tolerates holds none`() async throws {
    nodes(1)
    cluster.put(Objects.node("gpu", taints: ["example.org/gpu"]), "nodes")
    cluster.put(Objects.node("old", cordoned: true), "nodes")
    operators(ready: 1)
    #expect(try await answer(to: gates.ciliumOperator).lets)
  }

  @Test func `no operator at all never opens cilium-operator`() async throws {
    nodes(1, taints: ["example.org/gpu"])
    operators(ready: 0)
    try await expectClosed(gates.ciliumOperator, saying: "0 of 2 operators ready, 1 needed")
  }

  @Test func `OK from the agent opens cilium-health and nothing else does`() async throws {
    cluster.answer("cilium-dbg status --brief", with: .printing("OK\n"))
    #expect(try await answer(to: gates.ciliumHealth) == .open("OK"))
    cluster.answer(
      "cilium-dbg status --brief",
      with: ToolOutput(status: 1, standardOutput: ToolOutput.printing("error: kvstore").standardOutput))
    try await expectClosed(gates.ciliumHealth, saying: "error: kvstore")
    cluster.answer("cilium-dbg status --brief", with: .printing("Not OK\n"))
    try await expectClosed(gates.ciliumHealth, saying: "Not OK")
  }

  // MARK: - Gateway API

  private func define(established: Bool = true, since: String = "2026-01-01T00:00:10Z") {
    for name in KubernetesGates.gatewayDefinitionNames {
      cluster.put(
        Objects.definition(name, established: established, since: since), ObservedDefinition.resource)
    }
  }

  @Test func `Established definitions open gateway-crds`() async throws {
    define()
    #expect(try await answer(to: gates.gatewayDefinitions) == .open("5 of 5 Established"))
  }

  @Test func `a definition that is missing or never Established leaves gateway-crds closed`() async throws {
    #expect(
      try await reasonClosed(gates.gatewayDefinitions)
        == "0 of 5 Established; `gatewayclasses.gateway.networking.k8s.io` does not exist")
    define()
    cluster.put(
      Objects.definition("gateways.gateway.networking.k8s.io", established: false), ObservedDefinition.resource)
    #expect(
      try await reasonClosed(gates.gatewayDefinitions)
        == "4 of 5 Established; `gateways.gateway.networking.k8s.io` is not Established")
  }

  @Test func `an Accepted class opens gateway-class`() async throws {
    cluster.put(Objects.gatewayClass(accepted: true), ObservedGatewayClass.resource)
    #expect(try await answer(to: gates.gatewayClass()) == .open("Accepted"))
  }

  @Test func `a class that nobody takes leaves gateway-class closed`() async throws {
    define()
    cluster.put(Objects.gatewayClass(accepted: false), ObservedGatewayClass.resource)
    cluster.put(Objects.operatorPod(readySince: "2026-01-01T00:00:20Z"), "pods")
    try await expectClosed(gates.gatewayClass(), saying: "not Accepted: Waiting for controller")
  }

  @Test func `an operator that was up before the definitions blocks gateway-class and the remedy is named`()
    async throws
  {
    define()
    cluster.put(Objects.gatewayClass(accepted: false), ObservedGatewayClass.resource)
    cluster.put(Objects.operatorPod(readySince: "2026-01-01T00:00:05Z"), "pods")
    do {
      _ = try await answer(to: gates.gatewayClass())
      Issue.record("it opened")
    } catch let GateError.blocked(gate, reason) {
      #expect(gate == "gateway-class")
      #expect(reason.contains("rollout restart deployment/cilium-operator"))
    }
  }

  // MARK: - Argo CD

  private func installArgoCD(except late: String? = nil) {
    for name in KubernetesGates.argoCDDeployments {
      cluster.put(Objects.deployment(name, in: "argocd", ready: name == late ? 0 : 1), "deployments.apps")
    }
    cluster.put(Objects.statefulSet("argocd-application-controller", in: "argocd"), "statefulsets.apps")
    cluster.put(Objects.definition("applications.argoproj.io"), ObservedDefinition.resource)
  }

  @Test func `seven workloads and the definition open argocd-ready`() async throws {
    installArgoCD()
    #expect(try await answer(to: gates.argoCDReady()) == .open("7 of 7 workloads ready"))
  }

  @Test func `a repo server that never comes leaves argocd-ready closed`() async throws {
    installArgoCD(except: "argocd-repo-server")
    #expect(
      try await reasonClosed(gates.argoCDReady())
        == "6 of 7 workloads ready; Deployment `argocd-repo-server`: 0 of 1 available")
  }

  @Test func `without its definition Argo CD is not ready`() async throws {
    #expect(
      try await reasonClosed(gates.argoCDReady()) == "0 of 1 Established; `applications.argoproj.io` does not exist")
  }

  private func put(_ application: JSONValue) { cluster.put(application, ObservedApplication.resource) }

  @Test func `a Synced and Healthy application at the wanted commit opens its gate`() async throws {
    put(Objects.application("cilium", revision: "abc"))
    #expect(try await answer(to: gates.application(AwaitedApplication("cilium", revision: "abc"))).lets)
  }

  @Test func `Healthy but OutOfSync is not enough`() async throws {
    put(Objects.application("cilium", sync: "OutOfSync"))
    try await expectClosed(gates.application(AwaitedApplication("cilium")), saying: "cilium is OutOfSync")
  }

  @Test func `an application at an old commit is not enough`() async throws {
    put(Objects.application("cilium", revision: "abc"))
    #expect(
      try await reasonClosed(gates.application(AwaitedApplication("cilium", revision: "def")))
        == "cilium is at revision abc and not at def")
  }

  @Test func `a running or failed operation is not enough`() async throws {
    put(Objects.application("cilium", phase: "Failed", message: "one or more objects failed to apply"))
    #expect(
      try await reasonClosed(gates.application(AwaitedApplication("cilium")))
        == "cilium is Synced and Healthy, but its operation is Failed: one or more objects failed to apply")
  }

  private let awaited = [
    AwaitedApplication("crossplane", wave: 1), AwaitedApplication("external-secrets", wave: 0),
    AwaitedApplication("cilium", wave: -1),
  ]

  @Test func `the lowest wave that is not done is named with its cause`() async throws {
    put(Objects.application("cilium"))
    put(Objects.application("external-secrets", health: "Progressing", healthMessage: "store is not ready"))
    #expect(
      try await reasonClosed(gates.applicationsByWave(awaited))
        == "1 of 3 Synced and Healthy; wave 0: external-secrets is Progressing: store is not ready")
  }

  @Test func `an application that does not exist yet counts as missing`() async throws {
    for name in ["cilium", "external-secrets"] { put(Objects.application(name)) }
    #expect(
      try await reasonClosed(gates.applicationsByWave(awaited))
        == "2 of 3 Synced and Healthy; wave 1: crossplane does not exist yet")
  }

  @Test func `who is to bring an application that does not exist says why it does not`() async throws {
    for name in ["cilium", "external-secrets"] { put(Objects.application(name)) }
    var root = Objects.application("platform", sync: "Unknown")
    root[path: "status", "conditions"] = [["type": "ComparisonError", "message": "lookup github.com: no such host"]]
    put(root)
    #expect(
      try await reasonClosed(gates.applicationsByWave(awaited))
        == "2 of 3 Synced and Healthy; wave 1: crossplane does not exist yet; "
        + "platform: ComparisonError: lookup github.com: no such host")
  }

  @Test func `all of them open applications-by-wave`() async throws {
    for name in ["cilium", "external-secrets", "crossplane"] { put(Objects.application(name)) }
    #expect(try await answer(to: gates.applicationsByWave(awaited)) == .open("3 of 3 Synced and Healthy"))
  }

  @Test func `where Git expects nothing the question does not arise`() async throws {
    #expect(try await answer(to: gates.applicationsByWave([])) == .skipped("Git expects no Applications"))
  }
}
