import Foundation
import Synchronization
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchReadiness
import ZeroTouchTools

struct WholeRunTests {
  let scratch = ScratchDirectory()
  let secrets = ["KEY_ID": "AKIA-sentinel-id", "KEY": Fixtures.sentinel]

  /// A repository, a cache and a state directory in which the whole bootstrap can run.
  func prepare(_ spec: ClusterSpec) throws -> Bootstrap {
    let bootstrap = Fixtures.bootstrap(spec, directory: scratch.path)
    let repository = GitOpsRepository(repoURL: spec.gitops.repoURL, revision: spec.gitops.revision)
    try write(repository.text, to: bootstrap.layout.repository)
    for artifact in Fixtures.lock.artifacts {
      try write(Fixtures.content(of: artifact.name), to: bootstrap.cached(artifact))
    }
    try write("operator: {replicas: 2}\n", to: bootstrap.layout.ciliumValues)
    return bootstrap
  }

  func write(_ text: String, to path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  func run(
    _ bootstrap: Bootstrap, _ plan: BootstrapPlan, _ tools: ScriptedToolRunner,
    events: EventLog = EventLog(), secrets: [String: String]? = nil
  ) async throws -> RunReport {
    let clock = ManualClock()
    let environment = Fixtures.environment(
      tools, clock, scratch.path, secrets: secrets ?? self.secrets, report: events.note)
    return try await clock.running { try await PipelineRunner(environment, seed: 7).run(plan) }
  }

  @Test(arguments: [(1, 0), (3, 2)])
  func `a bootstrap from rescue systems to the last look, and a second one that mutates nothing`(
    _ controlPlanes: Int, _ workers: Int
  ) async throws {
    let spec = Fixtures.spec(controlPlanes: controlPlanes, workers: workers, hasSecrets: true)
    let bootstrap = try prepare(spec)
    let cluster = ScriptedCluster(spec)
    let first = cluster.tools
    let report = try await run(bootstrap, bootstrap.plan(), first)
    #expect(report.rows.allSatisfy { $0.state == "done" || $0.state == "found" })
    #expect(first.mutations.count { $0.arguments.last == "bootstrap" } == 1)
    #expect(first.mutations.contains { $0.arguments.last == "bootstrap" && $0.arguments.contains("203.0.113.10") })
    #expect(first.mutations.count { $0.arguments.contains("label") } == workers)

    let second = cluster.tools
    _ = try await run(bootstrap, bootstrap.plan(), second)
    #expect(second.mutations.map(\.description) == [])
    #expect(second.invocations.count > 10)
  }

  @Test func `a control plane that comes late does not hold up the others, and joins the one etcd`() async throws {
    let spec = Fixtures.spec(controlPlanes: 3)
    let bootstrap = try prepare(spec)
    let tools = ScriptedCluster(spec, ScriptedCluster.State(late: ["cp03"])).tools
    _ = try await run(bootstrap, bootstrap.plan(), tools)
    let order = tools.mutations.map { "\($0.arguments.last ?? "") \($0.arguments)" }
    let bootstrapped = order.firstIndex { $0.hasPrefix("bootstrap ") }
    let configured = order.firstIndex { $0.contains("nodes/cp03.yaml") }
    #expect(bootstrapped != nil && configured != nil)
    #expect(bootstrapped ?? .max < configured ?? .min)
    #expect(order.count { $0.hasPrefix("bootstrap ") } == 1)
  }

  @Test func `each wave says when it is through`() async throws {
    let spec = Fixtures.spec()
    let bootstrap = try prepare(spec)
    let events = EventLog()
    let cluster = ScriptedCluster(spec, ScriptedCluster.State(isEarly: true))
    _ = try await run(bootstrap, bootstrap.plan(), cluster.tools, events: events)
    let waves = events.all.compactMap { event in
      if case .passed(let id, let gate, _, _) = event, id.stage == "sync-waves" { gate } else { nil }
    }
    let expected = ["wave -3", "wave -1", "wave 1"].map { "applications-by-wave(\($0))" }
    #expect(waves == expected + ["application(platform)"])
  }

  @Test func `the last look runs beside another run and writes nothing`() async throws {
    let spec = Fixtures.spec()
    let bootstrap = try prepare(spec)
    let cluster = ScriptedCluster(spec)
    _ = try await run(bootstrap, bootstrap.plan(), cluster.tools)
    let journal = FileManager.default.contents(atPath: "\(scratch.path)/state/journal.ndjson")
    let lock = try RunLock.take(at: "\(scratch.path)/state/lock", holder: "another")
    _ = try await run(bootstrap, bootstrap.plan().validating, cluster.tools)
    #expect(FileManager.default.contents(atPath: "\(scratch.path)/state/journal.ndjson") == journal)
    lock.release()
  }

  @Test func `a worker is never given a PKI of its own making`() async throws {
    let spec = Fixtures.spec(workers: 1)
    let bootstrap = try prepare(spec)
    let tools = ScriptedCluster(spec).tools
    let error = await #expect(throws: PipelineError.self) {
      _ = try await run(bootstrap, bootstrap.plan().joining(workers: ["worker01"]), tools)
    }
    #expect(error?.description.contains("no secrets bundle") == true)
    #expect(tools.mutations.isEmpty)
    #expect(!tools.invocations.contains { $0.arguments.contains("secrets") })
  }

  @Test func `a plan starts no program at all`() throws {
    let bootstrap = try prepare(Fixtures.spec(controlPlanes: 3, workers: 2, hasSecrets: true))
    let plan = bootstrap.plan()
    _ = (plan.json.text(), Prediction(of: plan).text, NextSteps(for: bootstrap).text)
    // Nothing was given to the plan that could start a program; the state directory shows that it wrote nothing.
    #expect(!FileManager.default.fileExists(atPath: "\(scratch.path)/state"))
  }

  @Test func `observing starts only programs that read, on an empty world and on a finished one`() async throws {
    let spec = Fixtures.spec(workers: 1, hasSecrets: true)
    let bootstrap = try prepare(spec)
    let cluster = ScriptedCluster(spec)
    for isFinished in [false, true] {
      if isFinished { _ = try await run(bootstrap, bootstrap.plan(), cluster.tools) }
      let tools = cluster.tools
      let environment = Fixtures.environment(tools, ManualClock(), scratch.path, secrets: secrets)
      let seen = try await PipelineObserver(environment).observe(bootstrap.plan())
      #expect(!tools.invocations.isEmpty)
      #expect(tools.invocations.allSatisfy { $0.effect == .reads })
      #expect(seen.count == bootstrap.plan().steps.count)
      let states = Dictionary(uniqueKeysWithValues: seen.map { ($0.step.description, $0.observation.state) })
      #expect(states["install-os/cp01"] == (isFinished ? .done : .missing))
      #expect(states["validate"] == (isFinished ? .done : .missing))
    }
  }

  @Test func `a lost Secret and a lost label are put back, and nothing else is touched`() async throws {
    let spec = Fixtures.spec(workers: 2, hasSecrets: true)
    let bootstrap = try prepare(spec)
    let cluster = ScriptedCluster(spec)
    _ = try await run(bootstrap, bootstrap.plan(), cluster.tools)
    cluster.state.withLock { state in
      state.secret = nil
      state.labelled.remove("worker02")
    }
    let tools = cluster.tools
    _ = try await run(bootstrap, bootstrap.plan(), tools)
    let words = tools.mutations.map { $0.arguments.contains("label") ? "label \($0.arguments[4])" : $0.arguments[2] }
    #expect(words.sorted() == ["apply", "label worker02"])
  }

  @Test func `an Application that never gets Healthy ends the run closed, with the reason and exit 3`() async throws {
    var spec = Fixtures.spec()
    spec.timeouts = ["applications-by-wave": .seconds(90)]
    let bootstrap = try prepare(spec)
    let cluster = ScriptedCluster(spec, ScriptedCluster.State(health: "Degraded"))
    let error = await #expect(throws: PipelineError.self) {
      _ = try await run(bootstrap, bootstrap.plan(), cluster.tools)
    }
    #expect(error?.exitStatus == .gateNotReached)
    #expect(error?.description.contains("crossplane is Degraded") == true)
    #expect(error?.description.contains("`applications-by-wave(wave 1)` was not reached within 1m30s") == true)
  }

  @Test func `the last look alone finds what is wrong, changes nothing and exits 3`() async throws {
    let spec = Fixtures.spec(hasSecrets: true)
    let bootstrap = try prepare(spec)
    let cluster = ScriptedCluster(spec)
    _ = try await run(bootstrap, bootstrap.plan(), cluster.tools)
    cluster.state.withLock { state in
      state.health = "Degraded"
      state.secret = nil
    }
    let tools = cluster.tools
    let error = await #expect(throws: PipelineError.self) {
      _ = try await run(bootstrap, bootstrap.plan().validating, tools)
    }
    #expect(error?.exitStatus == .gateNotReached)
    #expect(error?.description.contains("crossplane is Degraded") == true)
    #expect(error?.description.contains("aws-access-token") == true)
    #expect(tools.mutations.isEmpty)
  }

  @Test func `no file but the secrets bundle's own kind, no event and no journal line holds an injected secret`()
    async throws
  {
    let spec = Fixtures.spec(hasSecrets: true)
    let bootstrap = try prepare(spec)
    let events = EventLog()
    let tools = ScriptedCluster(spec).tools
    _ = try await run(bootstrap, bootstrap.plan(), tools, events: events)
    let base64 = Data(Fixtures.sentinel.utf8).base64EncodedString()
    var texts = events.lines + tools.invocations.map(\.description) + tools.invocations.flatMap(\.arguments)
    let files = FileManager.default.enumerator(atPath: scratch.path)?.compactMap { $0 as? String } ?? []
    for file in files {
      texts.append(
        String(decoding: FileManager.default.contents(atPath: "\(scratch.path)/\(file)") ?? Data(), as: UTF8.self))
    }
    #expect(files.contains("state/journal.ndjson"))
    #expect(texts.allSatisfy { !$0.contains(Fixtures.sentinel) && !$0.contains(base64) })
  }

  @Test func `a cluster that exists gets everything after its API`() async throws {
    let spec = Fixtures.spec(provider: .existing, hasSecrets: true)
    let bootstrap = try prepare(spec)
    let tools = ScriptedCluster(spec, ScriptedCluster.State(configured: ["cp01"])).tools
    let report = try await run(bootstrap, bootstrap.plan(), tools)
    #expect(report.rows.first?.stage == "preflight")
    #expect(!tools.invocations.contains { $0.tool == "talosctl" || $0.tool == "ssh" })
    #expect(tools.mutations.count > 2)
  }
}
