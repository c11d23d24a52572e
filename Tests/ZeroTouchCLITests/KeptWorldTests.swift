import Foundation
import TestSupport
import Testing
import ZeroTouchModel

extension RehearsalTests {
  @Test func `a kept world takes a worker, serves status and a second bootstrap, and is a cluster that exists`()
    async throws
  {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let here = BuiltProgram(in: folder)
      let kept = try await here.run(["rehearse", "--keep", "--nodes", "spares=1"])
      #expect(kept.status == 0, "\(kept.narration)")
      #expect(kept.narration.contains("1 of 2 operators ready, as many as 1 schedulable node can hold"))
      let spare = try #require(kept.narration.firstMatch(of: /zerotouch join-worker (worker01:\S+)/)?.1)
      try await KeptWorld.left(by: kept, of: here) { world in
        try await Self.changesNothing(world, "bootstrap")
        let joined = try await world.succeed("join-worker", String(spare), "--events", "ndjson")
        let changes = clusterChanges(in: joined.narration)
        #expect(changes.count == 2, "\(changes)")
        #expect(changes.allSatisfy { $0.contains("worker01") })
        try await Self.changesNothing(world, "join-worker", String(spare))
        try await Self.hasTwoOperatorsAndNobodyScaled(world)
        try await Self.hasOneOwnerOfTheNetwork(world)
        try await Self.hasWhatTheTenantOrdered(world)
        try await Self.hasArgoCDAsItWasInstalled(world)
        let status = try await world.succeed("status", "-o", "json")
        #expect(status.output.contains(#""saw": "the Secret holds what is wanted""#))
        let existing = try await world.succeed(
          "bootstrap", "--provider", "existing", "--kubeconfig", world.kubeconfig)
        #expect(!existing.output.contains("install-os"))
        _ = try await world.succeed("validate", "--cluster")
        // With the health check in argocd-cm a wave is made only once the one before it is healthy.
        let waves = try await Self.waves(of: world)
        #expect(try waves.made(2) >= #require(waves.healthy(1).min()))
      }
    }
  }

  /// The claims of the example tenant are carried out, in the words of Crossplane.
  private static func hasWhatTheTenantOrdered(_ world: KeptWorld) async throws {
    let kinds = ["postgresinstances", "webservices", "eventdrivenservices"].map { "\($0).platform.bizmatters.io" }
    let answer = try await world.ask("get", kinds.joined(separator: ","), "--namespace", "tenant-example")
    let claims = answer["items"]?.arrayValue ?? []
    #expect(
      Set(claims.compactMap { $0["kind"]?.stringValue }) == ["PostgresInstance", "WebService", "EventDrivenService"])
    for claim in claims {
      let conditions = claim[path: "status", "conditions"]?.arrayValue ?? []
      for type in ["Synced", "Ready"] {
        #expect(
          conditions.contains { $0["type"]?.stringValue == type && $0["status"] == "True" }, "\(type): \(claim)")
      }
    }
  }

  /// The Application `argocd` took over what the pipeline had installed and changed nothing of it.
  private static func hasArgoCDAsItWasInstalled(_ world: KeptWorld) async throws {
    let application = try await world.ask("get", "application", "argocd", "--namespace", "argocd")
    #expect(application[path: "status", "sync", "status"] == "Synced")
    #expect(application[path: "status", "operationState", "phase"] == "Succeeded")
    let answer = try await world.ask("get", "deployments,statefulsets", "--namespace", "argocd")
    let workloads = answer["items"]?.arrayValue ?? []
    #expect(workloads.count == 7)
    for workload in workloads {
      // It was written down as Argo CD's, and nothing of it was changed: no pod was started anew.
      #expect(workload[path: "metadata", "annotations", "argocd.argoproj.io/tracking-id"] != nil, "\(workload)")
      #expect(workload[path: "metadata", "generation"] == 1, "\(workload)")
    }
    let applied = "\(world.place)/repository/.zerotouch/rehearsal/rendered/argocd-rest.yaml"
    let difference = try await world.program.tool(
      "kubectl",
      ["--kubeconfig", world.kubeconfig, "diff", "--server-side", "--force-conflicts", "--filename", applied])
    #expect(difference.status == 0, "\(difference.output)\(difference.narration)")
  }

  @Test func `a pipeline killed with −9 leaves the world standing, and a second bootstrap goes on to the end`()
    async throws
  {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let here = BuiltProgram(in: folder)
      let killed = try await here.run(
        ["rehearse", "--keep", "--nodes", "control-plane=1,workers=1", "--verbose"], sending: SIGKILL,
        once: "apply-config/cp01  wait for talos-configured")
      #expect(killed.status == 128 + SIGKILL)
      try await KeptWorld.left(by: killed, of: here) { world in
        let again = try await world.succeed("bootstrap", "--events", "ndjson")
        #expect(!again.narration.contains("another run holds the cluster"))
        // The machines were written already.
        #expect(!clusterChanges(in: again.narration).contains { $0.contains("ssh ") })
        #expect(again.output.contains("kubeconfig   \(world.kubeconfig)"))
        try await Self.changesNothing(world, "bootstrap")
      }
    }
  }

  @Test func `without the health check in argocd-cm the waves of a whole rehearsal do not wait for each other`()
    async throws
  {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let path = "\(folder)/bootstrap/argocd/values.yaml"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let bare = text.replacing("resource.customizations.health.argoproj.io_Application", with: "nothing.of.note")
      try #require(bare != text)
      try bare.write(toFile: path, atomically: true, encoding: .utf8)
      let here = BuiltProgram(in: folder)
      let kept = try await here.run(["rehearse", "--keep"])
      #expect(kept.status == 0, "\(kept.narration)")
      try await KeptWorld.left(by: kept, of: here) { world in
        let waves = try await Self.waves(of: world)
        #expect(try waves.made(2) < #require(waves.healthy(1).max()))
      }
    }
  }

  @Test func `an interrupted rehearsal says where it stopped and leaves nothing behind`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let answer = try await BuiltProgram(in: folder).run(
        ["rehearse", "--verbose"], sending: SIGINT, once: "kubernetes-api  wait for")
      #expect(answer.status == 130, "\(answer.narration)")
      #expect(answer.output.isEmpty)
      #expect(answer.narration.hasSuffix(Self.lastWords), "\(answer.narration)")
      #expect(try await RunningPrograms.left(naming: folder) == [])
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["bootstrap", "platform", "tenants"])
    }
  }

  /// The Applications of a world, with what its own clock says of them: however busy this machine is.
  private struct Waves {
    let applications: [JSONValue]

    /// When the first Application of a wave was made.
    func made(_ wave: Int) throws -> Date { try #require(times(wave, "metadata", "creationTimestamp").min()) }
    /// When each of them became healthy for the last time; some are not for a moment, when others come.
    func healthy(_ wave: Int) -> [Date] { times(wave, "status", "health", "lastTransitionTime") }

    private func times(_ wave: Int, _ keys: String...) -> [Date] {
      let annotation = "argocd.argoproj.io/sync-wave"
      return applications.filter { $0[path: "metadata", "annotations", annotation] == .string("\(wave)") }
        .compactMap { keys.reduce($0) { $0[$1] ?? .null }.stringValue }
        .compactMap { try? Date($0, strategy: .iso8601) }
    }
  }

  private static func waves(of world: KeptWorld) async throws -> Waves {
    let list = try await world.ask("get", "applications", "-n", "argocd")
    return Waves(applications: list["items"]?.arrayValue ?? [])
  }

  private static let lastWords = """
    zerotouch: interrupted at `kubernetes-api`
      run the same command again to go on: it does only what is missing

    """

  private static func changesNothing(_ world: KeptWorld, _ arguments: String...) async throws {
    let again = try await world.program.run(arguments + ["--events", "ndjson"])
    #expect(again.status == 0, "\(again.narration)")
    #expect(clusterChanges(in: again.narration) == [])
  }

  /// `talosctl upgrade-k8s` would roll back what is marked as Talos's, and delete what only its inventory lists.
  private static func hasOneOwnerOfTheNetwork(_ world: KeptWorld) async throws {
    let inventory = try await world.ask(
      "get", "configmap", "-n", "kube-system", "talos-bootstrap-manifests-inventory")
    let rows = (inventory["data"] ?? .null).stringMap.keys.sorted()
    #expect(rows.contains { $0.contains("coredns") })
    #expect(rows.filter { $0.contains("cilium") || $0.contains("gateway") } == [])
    let agents = try await world.ask("get", "daemonset", "-n", "kube-system", "cilium")
    let marks = (agents[path: "metadata", "annotations"] ?? .null).stringMap
    #expect(marks["config.k8s.io/owning-inventory"] == nil)
  }

  private static func hasTwoOperatorsAndNobodyScaled(_ world: KeptWorld) async throws {
    let operators = try await world.ask("get", "deployment", "-n", "kube-system", "cilium-operator")
    #expect(operators[path: "status", "readyReplicas"] == 2)
    #expect(operators[path: "metadata", "generation"] == 1)
  }
}
