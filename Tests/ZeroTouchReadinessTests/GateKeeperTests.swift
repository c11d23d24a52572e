import Synchronization
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchTools

struct GateKeeperTests {
  private typealias Objects = ClusterObjects
  private let cluster = ScriptedCluster()
  private let clock = ManualClock()
  private let kubernetes = KubernetesGates(kubectl: Kubectl(kubeconfig: "kc"))
  private var keeper: GateKeeper { GateKeeper(tools: cluster, clock: clock, executor: clock) }

  @Test func `two hundred gates on nodes start exactly one watch`() async throws {
    let keeper = keeper
    try await clock.running { [cluster, kubernetes] in
      try await withThrowingTaskGroup(of: GateAnswer.self) { group in
        for number in 1...200 {
          group.addTask { try await keeper.wait(for: kubernetes.nodeReady("w\(number)")) }
        }
        for number in 1...200 { cluster.put(Objects.node("w\(number)"), "nodes") }
        for try await answer in group { #expect(answer.lets) }
      }
    }
    #expect(cluster.watchesStarted == 1)
    #expect(cluster.watchesOpen == 0)
    #expect(cluster.invocations.count { !$0.arguments.contains("--watch") } < 5)
  }

  @Test func `a width bounds the programs that gates start, and never widens them`() {
    let pace = GatePace(polls: 32, lists: 8)
    #expect(pace.bounded(by: nil) == pace)
    #expect(pace.bounded(by: 4) == GatePace(polls: 4, lists: 4))
    #expect(pace.bounded(by: 1000) == pace)
  }

  @Test func `a change in the API opens the gate without time passing`() async throws {
    let keeper = keeper
    let gate = kubernetes.nodeReady("w1")
    let answer = try await clock.running { [cluster, clock] in
      async let answer = keeper.wait(for: gate)
      await clock.settled()
      cluster.put(Objects.node("w1"), "nodes")
      return try await answer
    }
    #expect(answer == .open("Ready"))
    #expect(clock.now.offset == .zero)
  }

  @Test func `a gate that joins a running look is judged at once`() async throws {
    let keeper = keeper
    cluster.put(Objects.node("w1"), "nodes")
    let (waiting, ready) = (kubernetes.nodeReady("w2"), kubernetes.nodeReady("w1"))
    let answer = try await clock.running { [clock] in
      async let _ = keeper.wait(for: waiting)
      await clock.settled()
      return try await keeper.wait(for: ready)
    }
    #expect(answer == .open("Ready"))
    #expect(cluster.watchesStarted == 1)
    #expect(clock.now.offset == .zero)
  }

  @Test func `a deletion closes the world again`() async throws {
    let keeper = keeper
    let gate = kubernetes.nodesReady(2)
    cluster.put(Objects.node("w1"), "nodes")
    let answer = try await clock.running { [cluster, clock] in
      async let answer = keeper.wait(for: gate)
      await clock.settled()
      cluster.delete(Objects.node("w1"), "nodes")
      cluster.put(Objects.node("w2"), "nodes")
      await clock.settled()
      #expect(cluster.watchesOpen == 1)
      cluster.put(Objects.node("w3"), "nodes")
      return try await answer
    }
    #expect(answer == .open("2 of 2 nodes Ready"))
  }

  @Test func `a watch that ends silently is started again with a fresh list`() async throws {
    let keeper = keeper
    let gate = kubernetes.nodeReady("w1")
    let answer = try await clock.running { [cluster, clock] in
      async let answer = keeper.wait(for: gate)
      await clock.settled()
      cluster.put(Objects.node("w1"), "nodes", silently: true)
      cluster.endWatches()
      return try await answer
    }
    #expect(answer.lets)
    #expect(cluster.watchesOpen == 0)
  }

  @Test func `what a watch loses is found by the next list`() async throws {
    let keeper = keeper
    let gate = kubernetes.nodeReady("w1")
    let answer = try await clock.running { [cluster, clock] in
      async let answer = keeper.wait(for: gate)
      await clock.settled()
      cluster.put(Objects.node("w1"), "nodes", silently: true)
      return try await answer
    }
    #expect(answer.lets)
    #expect(cluster.watchesStarted == 1)
    #expect(clock.now.offset >= .seconds(29))
  }

  @Test func `a kind that is not served yet is asked for until it is`() async throws {
    let keeper = keeper
    cluster.serve(ObservedApplication.resource, false)
    cluster.put(Objects.application("a"), ObservedApplication.resource)
    let gate = kubernetes.application(AwaitedApplication("a"))
    let answer = try await clock.running { [cluster, clock] in
      async let answer = keeper.wait(for: gate)
      try await clock.sleep(for: .seconds(5))
      #expect(cluster.invocations.count >= 3)
      cluster.serve(ObservedApplication.resource, true)
      return try await answer
    }
    #expect(answer.lets)
  }

  private static let unauthorized = "error: You must be logged in to the server (Unauthorized)"

  @Test func `an API that does not let us in ends a watching gate after the grace, with the remedy`() async throws {
    let keeper = keeper
    cluster.refuse(Self.unauthorized)
    let gate = kubernetes.nodesReady(1)
    let error = await #expect(throws: GateError.self) {
      try await clock.running { try await keeper.wait(for: gate) }
    }
    guard case .blocked(let name, let reason) = error else { throw CancellationError() }
    #expect(name == "nodes-ready")
    #expect(reason.hasPrefix("the Kubernetes API has not let us in for 30s: \(Self.unauthorized)\n"))
    #expect(reason.contains("it fetches a new kubeconfig"))
    #expect(clock.now.offset >= ToolFailure.refusalGrace && clock.now.offset < ToolFailure.refusalGrace + .seconds(3))
  }

  @Test func `the same ends a gate that asks`() async throws {
    let keeper = keeper
    cluster.answer("/readyz", with: .failing("Error from server (Forbidden): forbidden: User \"x\" cannot get path"))
    let gate = kubernetes.apiReady
    let error = await #expect(throws: GateError.self) { try await clock.running { try await keeper.wait(for: gate) } }
    #expect(error?.reason.contains("(Forbidden)") == true)
    #expect(clock.now.offset < ToolFailure.refusalGrace + .seconds(3))
  }

  @Test func `an API that lets us in again within the grace has refused nobody`() async throws {
    let keeper = keeper
    cluster.refuse(Self.unauthorized)
    let gate = kubernetes.nodesReady(1)
    let answer = try await clock.running { [cluster, clock] in
      async let answer = keeper.wait(for: gate)
      for _ in 1...3 {
        try await clock.sleep(for: .seconds(25))
        cluster.refuse(nil)
        try await clock.sleep(for: .seconds(5))
        cluster.endWatches()
        cluster.refuse(Self.unauthorized)
      }
      cluster.refuse(nil)
      cluster.put(Objects.node("w1"), "nodes")
      return try await answer
    }
    #expect(answer.lets)
    #expect(clock.now.offset >= .seconds(90))
  }

  @Test func `a kind that is never served ends closed and says so`() async throws {
    let keeper = keeper
    cluster.serve(ObservedApplication.resource, false)
    let gate = kubernetes.application(AwaitedApplication("a"))
    let last = "the API does not serve `applications.argoproj.io` yet"
    await #expect(throws: GateError.timedOut(gate: "application(a)", after: gate.bound, last: last)) {
      try await clock.running { try await keeper.wait(for: gate) }
    }
  }

  @Test func `an API that goes away closes what was seen before`() async throws {
    let keeper = keeper
    cluster.put(Objects.node("w1"), "nodes")
    let gate = kubernetes.nodesReady(2)
    let error = await #expect(throws: GateError.self) {
      try await clock.running { [cluster, clock] in
        async let answer = keeper.wait(for: gate)
        await clock.settled()
        cluster.refuse("The connection to the server x was refused")
        cluster.endWatches()
        return try await answer
      }
    }
    #expect(error?.reason == "the Kubernetes API does not answer: The connection to the server x was refused")
  }

  @Test func `each change of the reason is reported, and a heartbeat where nothing changes`() async throws {
    let keeper = keeper
    let reports = Mutex<[(String, Duration)]>([])
    cluster.put(Objects.node("w1", ready: false), "nodes")
    var gate = kubernetes.nodeReady("w1")
    gate.bound = .seconds(35)
    await #expect(throws: GateError.self) {
      try await clock.running { [gate] in
        try await keeper.wait(for: gate) { answer, elapsed in reports.withLock { $0.append((answer.reason, elapsed)) } }
      }
    }
    let seen = reports.withLock { $0 }
    let beats = seen.filter { $0.0.hasPrefix("not Ready") }.map(\.1)
    #expect(beats.count == 4)
    #expect(beats.dropFirst().map(\.components.seconds) == [10, 20, 30])
  }

  @Test func `cancelling a wait ends its watch before it returns`() async throws {
    let keeper = keeper
    let gate = kubernetes.nodeReady("w1")
    await #expect(throws: GateError.cancelled(gate: "node-ready(w1)", last: "no Node `w1` is registered")) {
      try await clock.running { [cluster, clock] in
        let task = Task(executorPreference: clock) { try await keeper.wait(for: gate) }
        await clock.settled()
        #expect(cluster.watchesOpen == 1)
        task.cancel()
        return try await task.value
      }
    }
    #expect(cluster.watchesOpen == 0)
  }

  @Test func `asking once starts no watch`() async {
    cluster.put(Objects.node("w1"), "nodes")
    #expect(await keeper.ask(kubernetes.nodeReady("w1")) == .open("Ready"))
    #expect(await keeper.ask(kubernetes.nodeReady("w2")) == .waiting("no Node `w2` is registered"))
    #expect(cluster.watchesStarted == 0)
    #expect(cluster.invocations.allSatisfy { $0.effect == .reads })
  }

  @Test func `gates that are asked together share their looks and answer in order`() async throws {
    for name in ["w1", "w3"] { cluster.put(Objects.node(name), "nodes") }
    let keeper = keeper
    let gates = (1...3).map { kubernetes.nodeReady("w\($0)") }
    let answers = try await clock.running { await gates.mapSideBySide { await keeper.ask($0) } }
    #expect(answers == [.open("Ready"), .waiting("no Node `w2` is registered"), .open("Ready")])
    #expect(cluster.invocations.count == 1)
  }

  @Test func `no more programs are polled side by side than the width allows`() async throws {
    let crowd = Mutex((now: 0, most: 0))
    let tools = ScriptedToolRunner { _ in
      crowd.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
      for _ in 0..<50 { await Task.yield() }
      crowd.withLock { $0.now -= 1 }
      return .printing("{\"spec\": {\"stage\": \"maintenance\"}}")
    }
    let keeper = GateKeeper(tools: tools, clock: clock, pace: GatePace(polls: 8), executor: clock)
    let talos = TalosGates(talosctl: Talosctl(talosconfig: "tc"))
    try await clock.running {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 1...40 {
          let node = Node(name: "w\(number)", role: .worker, address: IPAddress(10, 0, 0, UInt8(number)))
          group.addTask { _ = try await keeper.wait(for: talos.maintenance(node)) }
        }
        try await group.waitForAll()
      }
    }
    #expect(crowd.withLock { $0.most } == 8)
  }

  @Test func `machines that stay silent do not keep a list waiting`() async throws {
    let cluster = cluster
    cluster.put(Objects.node("w1"), "nodes")
    let (dark, light) = AsyncStream.makeStream(of: Void.self)
    let tools = ScriptedToolRunner { invocation throws(ToolError) in
      if invocation.tool == "kubectl" { return try await cluster.run(invocation) }
      for await _ in dark {}
      return .failing("rpc error: code = Unavailable desc = i/o timeout")
    }
    let keeper = GateKeeper(tools: tools, clock: clock, pace: GatePace(polls: 1, lists: 1), executor: clock)
    let silent = TalosGates(talosctl: Talosctl(talosconfig: "tc")).maintenance(
      Node(name: "w2", role: .worker, address: IPAddress(10, 0, 0, 2)))
    try await clock.running { [clock, kubernetes] in
      async let first = keeper.ask(silent)
      await clock.settled()
      #expect(tools.invocations.count == 1)
      #expect(await keeper.ask(kubernetes.nodeReady("w1")) == .open("Ready"))
      light.finish()
      #expect(await !first.lets)
    }
  }

  @Test func `bounds come from the spec where it has them`() {
    let bounds = GateBounds(overrides: ["nodes-ready": .seconds(42)])
    #expect(KubernetesGates(kubectl: Kubectl(kubeconfig: "k"), bounds: bounds).nodesReady(1).bound == .seconds(42))
    #expect(kubernetes.nodesReady(1).bound == GateName.nodesReady.defaultBound)
  }
}
