import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchTools

/// Every gate twice: on a world that is as it must be, and on one that never gets there.
struct GateTests {
  private typealias Objects = ClusterObjects
  private let cluster = ScriptedCluster()
  private let clock = ManualClock()
  private let kubernetes = KubernetesGates(kubectl: Kubectl(kubeconfig: "kc"))
  private let talos = TalosGates(talosctl: Talosctl(talosconfig: "tc"))
  private let cp01 = Node(name: "cp01", role: .controlPlane, address: IPAddress(203, 0, 113, 10))
  private let worker = Node(name: "w1", role: .worker, address: IPAddress(203, 0, 113, 20))

  private func answer(to gate: Gate) async throws -> GateAnswer {
    let keeper = GateKeeper(tools: cluster, clock: clock, executor: clock)
    return try await clock.running { try await keeper.wait(for: gate) }
  }

  /// The reason with which a gate that never opens ends, once its bound has passed and no earlier.
  private func reasonClosed(_ gate: Gate) async throws -> String {
    let keeper = GateKeeper(tools: cluster, clock: clock, executor: clock)
    let start = clock.now
    do {
      let answer = try await clock.running { try await keeper.wait(for: gate) }
      Issue.record("`\(gate)` opened: \(answer)")
      return ""
    } catch let GateError.timedOut(name, after, last) {
      #expect(name == "\(gate)")
      #expect(after == gate.bound)
      #expect(start.duration(to: clock.now) >= gate.bound)
      return last
    }
  }

  private func machine(_ stage: String, ready: Bool = true) -> ToolOutput {
    .printing("{\"spec\": {\"stage\": \"\(stage)\", \"status\": {\"ready\": \(ready), \"unmetConditions\": []}}}")
  }

  private let unreachable = ToolOutput.failing(
    "rpc error: code = Unavailable desc = connection error: desc = \"transport: connect: connection refused\"")

  private func etcd(_ state: String, _ health: String) -> ToolOutput {
    .printing("NODE     203.0.113.10\nID       etcd\nSTATE    \(state)\nHEALTH   \(health)\n")
  }

  private func members(_ rows: (name: String, learner: Bool)...) -> ToolOutput {
    let head = "NODE   ID   HOSTNAME   PEER URLS   CLIENT URLS   LEARNER\n"
    let lines = rows.enumerated().map {
      "n      \($0)    \($1.name.padded(to: 8))   p           c             \($1.learner)"
    }
    return .printing(head + lines.joined(separator: "\n"))
  }

  private func expectClosed(_ gate: Gate, saying expected: String) async throws {
    let reason = try await reasonClosed(gate)
    #expect(reason == expected)
  }

  // MARK: - Talos

  @Test func `a machine in maintenance mode opens talos-maintenance`() async throws {
    cluster.answer("--insecure", with: machine("maintenance"))
    #expect(try await answer(to: talos.maintenance(worker)) == .open("stage maintenance"))
  }

  @Test func `a machine that never boots leaves talos-maintenance closed`() async throws {
    cluster.answer("--insecure", with: unreachable)
    #expect(try await reasonClosed(talos.maintenance(worker)).contains("connection refused"))
  }

  @Test func `a machine that wants a certificate leaves talos-maintenance closed and says what it looks like`()
    async throws
  {
    cluster.answer(
      "--insecure", with: .failing("rpc error: code = Unavailable desc = remote error: tls: certificate required"))
    #expect(try await reasonClosed(talos.maintenance(worker)).contains("as one that is configured does"))
  }

  @Test func `a worker that runs opens talos-configured`() async throws {
    cluster.answer("get machinestatus", with: machine("running"))
    #expect(try await answer(to: talos.configured(worker)).lets)
  }

  @Test func `a control plane is configured once its etcd waits for the bootstrap`() async throws {
    cluster.answer("get machinestatus", with: machine("booting", ready: false))
    cluster.answer("service etcd", with: etcd("Preparing", "?"))
    #expect(try await answer(to: talos.configured(cp01)) == .open("etcd is Preparing"))
  }

  @Test func `a control plane without etcd leaves talos-configured closed`() async throws {
    cluster.answer("get machinestatus", with: machine("booting", ready: false))
    cluster.answer("service etcd", with: .failing("rpc error: code = NotFound desc = service \"etcd\" not found"))
    #expect(try await reasonClosed(talos.configured(cp01)).contains("service \"etcd\" not found"))
  }

  @Test func `a machine that keeps rebooting leaves talos-configured closed`() async throws {
    cluster.answer("get machinestatus", with: machine("rebooting"))
    try await expectClosed(talos.configured(worker), saying: "stage rebooting")
  }

  @Test func `a machine of another cluster blocks talos-configured at once`() async throws {
    cluster.answer(
      "get machinestatus",
      with: .failing(
        "rpc error: code = Unavailable desc = x509: certificate signed by unknown authority (possibly because of \"x\")"
      ))
    let gate = talos.configured(worker)
    await #expect(throws: GateError.self) { try await answer(to: gate) }
    #expect(clock.now.offset < gate.bound)
  }

  @Test func `a healthy etcd opens etcd-healthy`() async throws {
    cluster.answer("service etcd", with: etcd("Running", "OK"))
    #expect(try await answer(to: talos.etcdHealthy(cp01)).lets)
  }

  @Test func `an etcd that stays Preparing leaves etcd-healthy closed`() async throws {
    cluster.answer("service etcd", with: etcd("Preparing", "Fail"))
    try await expectClosed(talos.etcdHealthy(cp01), saying: "etcd is Preparing, health Fail")
  }

  private let leaderless = ToolOutput.failing(
    "error getting members: 1 error occurred:\n\t* 203.0.113.10: rpc error: code = Unknown desc = etcdserver: no "
      + "leader\n\n")

  @Test func `an etcd without its majority says so, and names the way out`() async throws {
    cluster.answer("service etcd", with: etcd("Running", "Fail"))
    cluster.answer("etcd members", with: leaderless)
    let waiting = try await reasonClosed(talos.etcdHealthyNamingMajority(cp01))
    #expect(waiting == "etcd is Running, health Fail; \(TalosGates.noLeader)")
    try await expectClosed(talos.etcdMember(worker, from: cp01), saying: TalosGates.noLeader)
    try await expectClosed(talos.etcdMembers(3, from: cp01), saying: TalosGates.noLeader)
    #expect(TalosGates.noLeader.hasSuffix("zerotouch rebuild"))
  }

  @Test func `an etcd that is only young says nothing of a majority`() async throws {
    cluster.answer("service etcd", with: etcd("Running", "Fail"))
    cluster.answer("etcd members", with: members(("cp01", false)))
    try await expectClosed(talos.etcdHealthyNamingMajority(cp01), saying: "etcd is Running, health Fail")
  }

  @Test func `three voting members open etcd-members`() async throws {
    cluster.answer("etcd members", with: members(("cp01", false), ("cp02", false), ("cp03", false)))
    #expect(try await answer(to: talos.etcdMembers(3, from: cp01)).lets)
  }

  @Test func `a learner leaves etcd-members closed`() async throws {
    cluster.answer("etcd members", with: members(("cp01", false), ("cp02", true)))
    try await expectClosed(talos.etcdMembers(2, from: cp01), saying: "1 of 2; members of etcd: cp01, cp02 (learner)")
  }

  @Test func `a member by name opens and one that never joins does not`() async throws {
    cluster.answer("etcd members", with: members(("cp01", false)))
    #expect(try await answer(to: talos.etcdMember(cp01, from: cp01)).lets)
    #expect(try await reasonClosed(talos.etcdMember(worker, from: cp01)).hasPrefix("0 of 1"))
  }

  // MARK: - Nodes and API

  @Test func `an API that calls itself ready opens kubernetes-api`() async throws {
    cluster.answer("--raw /readyz", with: .printing("ok"))
    #expect(try await answer(to: kubernetes.apiReady).lets)
  }

  @Test func `an API that refuses connections leaves kubernetes-api closed`() async throws {
    cluster.answer("--raw /readyz", with: .failing("The connection to the server x:6443 was refused"))
    try await expectClosed(kubernetes.apiReady, saying: "The connection to the server x:6443 was refused")
  }

  @Test func `a ready node opens node-ready`() async throws {
    cluster.put(Objects.node("w1"), "nodes")
    #expect(try await answer(to: kubernetes.nodeReady("w1")) == .open("Ready"))
  }

  @Test func `a node without a network leaves node-ready closed with the kubelet's words`() async throws {
    cluster.put(Objects.node("w1", ready: false), "nodes")
    try await expectClosed(kubernetes.nodeReady("w1"), saying: "not Ready: cni plugin not initialized")
  }

  @Test func `a node that never registers leaves node-ready closed`() async throws {
    try await expectClosed(kubernetes.nodeReady("w1"), saying: "no Node `w1` is registered")
  }

  @Test func `as many ready nodes as expected open nodes-ready`() async throws {
    for name in ["cp01", "w1"] { cluster.put(Objects.node(name), "nodes") }
    #expect(try await answer(to: kubernetes.nodesReady(2)) == .open("2 of 2 nodes Ready"))
  }

  @Test func `two of three nodes leave nodes-ready closed`() async throws {
    for name in ["cp01", "w1"] { cluster.put(Objects.node(name), "nodes") }
    try await expectClosed(kubernetes.nodesReady(3), saying: "2 of 3 nodes Ready; 2 registered")
    cluster.put(Objects.node("w2", ready: false), "nodes")
    #expect(try await reasonClosed(kubernetes.nodesReady(3)).hasSuffix("`w2`: cni plugin not initialized"))
  }

  @Test func `the network without Cilium is nodes and DNS`() {
    #expect(kubernetes.networkWithoutCilium(nodes: 2).map(\.name) == [.nodesReady, .coreDNS])
  }

  @Test func `a Secret that exists opens and one that does not says so`() async throws {
    let gate = kubernetes.secret("aws", in: "eso")
    cluster.answer("secrets aws -n eso -o name", with: .printing("secret/aws\n"))
    #expect(try await answer(to: gate).lets)
    cluster.answer(
      "secrets aws -n eso -o name", with: .failing("Error from server (NotFound): secrets \"aws\" not found"))
    #expect(try await reasonClosed(gate).contains("\"aws\" not found"))
  }

  // MARK: - Workloads

  @Test func `available workloads open their gates`() async throws {
    cluster.put(Objects.deployment("d", in: "a", wanted: 2, ready: 2), "deployments.apps")
    cluster.put(Objects.statefulSet("s", in: "a"), "statefulsets.apps")
    cluster.put(Objects.daemonSet("ds", in: "a", wanted: 1, ready: 1), "daemonsets.apps")
    #expect(try await answer(to: kubernetes.deployment("d", in: "a")) == .open("2 of 2 available"))
    #expect(try await answer(to: kubernetes.statefulSet("s", in: "a")).lets)
    #expect(try await answer(to: kubernetes.daemonSet("ds", in: "a")).lets)
  }

  @Test func `a crashing container is named with its message`() async throws {
    cluster.put(Objects.deployment("d", in: "a", ready: 0), "deployments.apps")
    cluster.put(
      Objects.pod("d-1", of: "d", in: "a", waiting: ("CrashLoopBackOff", "back-off 40s restarting failed container")),
      "pods")
    #expect(
      try await reasonClosed(kubernetes.deployment("d", in: "a"))
        == "Deployment `a/d`: 0 of 1 available; container `main` of pod `d-1` on `cp01` in CrashLoopBackOff: "
        + "back-off 40s restarting failed container")
  }

  @Test func `an unschedulable pod carries the scheduler's words`() async throws {
    cluster.put(Objects.statefulSet("s", in: "a", ready: 0), "statefulsets.apps")
    cluster.put(
      Objects.pod("s-0", of: "s", in: "a", unschedulable: "0/1 nodes are available: 1 Insufficient cpu."), "pods")
    #expect(
      try await reasonClosed(kubernetes.statefulSet("s", in: "a")).hasSuffix(
        "pod `s-0` is not scheduled: 0/1 nodes are available: 1 Insufficient cpu."))
  }

  @Test func `a daemonset on no nodes is not available`() async throws {
    cluster.put(Objects.daemonSet("ds", in: "a", wanted: 0, ready: 0), "daemonsets.apps")
    try await expectClosed(kubernetes.daemonSet("ds", in: "a"), saying: "DaemonSet `a/ds`: it wants no pods")
  }

  @Test func `a deployment of yesterday's specification is not available`() async throws {
    cluster.put(Objects.deployment("d", in: "a", observed: 0), "deployments.apps")
    #expect(
      try await reasonClosed(kubernetes.deployment("d", in: "a")).hasSuffix("has not seen its present specification"))
    cluster.put(Objects.deployment("d", in: "a", updated: 0), "deployments.apps")
    #expect(try await reasonClosed(kubernetes.deployment("d", in: "a")).hasSuffix("0 of 1 updated"))
  }

  @Test func `coredns opens and stays closed like any deployment`() async throws {
    try await expectClosed(kubernetes.coreDNS, saying: "Deployment `kube-system/coredns` does not exist")
    cluster.put(Objects.deployment("coredns", in: "kube-system", wanted: 2, ready: 2), "deployments.apps")
    #expect(try await answer(to: kubernetes.coreDNS).lets)
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
