import Synchronization
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchReadiness
import ZeroTouchSecrets
import ZeroTouchTools

/// How long a machine that has become reachable waits for what comes next; no pause is longer than a look.
struct ReachabilityTests {
  private let scratch = ScratchDirectory()

  @Test func `between a machine's first answer and its configuration there is less than a quarter of a second`()
    async throws
  {
    let clock = ManualClock()
    let start = clock.now
    var random = SeededGenerator(seed: 8)
    let boots = (0..<40).map { _ in Duration.milliseconds(Int.random(in: 20_000...200_000, using: &random)) }
    let given = Mutex<[Int: Duration]>([:])
    let tools = ScriptedToolRunner { invocation in
      if invocation.tool == "ssh" { return .printing("") }
      guard let place = invocation.arguments.firstIndex(of: "-n"),
        let node = IPAddress(invocation.arguments[place + 1])?.bytes.last.map({ Int($0) - 10 })
      else { return .failing("nodes are not set") }
      let now = start.duration(to: clock.now)
      if invocation.arguments.contains("apply-config") {
        given.withLock { $0[node] = $0[node] ?? now }
        return .printing("")
      }
      let isInMaintenance = now >= boots[node] && invocation.arguments.contains("--insecure")
      return isInMaintenance
        ? .printing("{\"spec\":{\"stage\":\"maintenance\"}}")
        : .failing("rpc error: code = Unavailable desc = connection error: connection refused")
    }
    let nodes = (0..<40).map {
      Node(name: "cp\(10 + $0)", role: .controlPlane, address: Fixtures.address(UInt8(10 + $0)))
    }
    let spec = ClusterSpec(
      name: "demo", endpoint: Endpoint(host: "203.0.113.10"), nodes: nodes,
      gitops: GitOps(repoURL: "https://example.org/platform.git"))
    let bootstrap = Fixtures.bootstrap(spec, directory: scratch.path)
    let steps = InstallOSStage.steps(of: bootstrap).map { step in
      let node = nodes.first { $0.name == step.node } ?? nodes[0]
      let give = Operation.run(Talosctl.Maintenance.applyConfiguration("c.yaml", to: node.address))
      let action = Action(missing: step.action.operations + [give])
      return Step(step.id, step.title, probe: .always, action: action)
    }
    let environment = PipelineEnvironment(
      tools: tools,
      gates: GateKeeper(tools: tools, clock: clock, pace: GatePace(interval: .milliseconds(250)), executor: clock),
      clock: clock, workspace: Workspace(root: "\(scratch.path)/state"),
      secrets: SecretResolver(environment: [:], contents: { _ in throw CancellationError() }))
    try await clock.running {
      _ = try await PipelineRunner(environment, holder: "test").run(BootstrapPlan(cluster: "demo", steps: steps))
    }
    let lags = given.withLock { given in given.map { $0.value - boots[$0.key] } }.sorted()
    #expect(lags.count == 40)
    #expect(lags[lags.count / 2] < .milliseconds(250))
  }

  @Test func `nothing sleeps for a fixed time`() throws {
    let script = InstallOSStage.script(image: InstallOSStage.Image(url: "u", sha256: nil), disk: nil)
    #expect(script.firstMatch(of: /\bsleep\b/) == nil)
    for folder in ["Sources/ZeroTouchPipeline", "Sources/ZeroTouchTools", "Sources/ZeroTouchReadiness", "scripts"] {
      for file in try SourceFiles.under(folder) {
        #expect(file.text.firstMatch(of: /(?m)^[^#\n]*\bsleep [0-9]/) == nil, "\(file.path)")
        #expect(file.text.firstMatch(of: /sleep\(for: \.(seconds|milliseconds)\([0-9]/) == nil, "\(file.path)")
      }
    }
  }
}
