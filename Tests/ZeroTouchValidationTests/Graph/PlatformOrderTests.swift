import Testing
import ZeroTouchManifests
import ZeroTouchModel

@testable import ZeroTouchValidation

/// The waves of this repository's own platform, against the graph of what its objects provide and need.
struct PlatformOrderTests {
  @Test func `nothing is found in this repository, and nothing is unknown`() async throws {
    let ours = try CheckedRepository.ours()
    defer { ours.remove() }
    let report = try await ours.report()
    #expect(report.findings.map { "\($0.rule) \($0.location): \($0.what)" } == [])
    #expect(report.notes.map { "\($0.location): \($0.text)" } == [])
    #expect(report.clusters == 12 && report.applications > 20)
  }

  @Test func `an Application in a wave that its needs or its users forbid is named, for each in every overlay`()
    async throws
  {
    let ours = try CheckedRepository.ours()
    defer { ours.remove() }
    let survey = try await ours.survey()
    var bound: Set<String> = []
    for graph in survey.graphs {
      let cluster = graph.cluster
      for (user, needs) in graph.dependencies.sorted(by: { $0.key < $1.key }) {
        for needed in needs.keys.sorted() where cluster.applications[user].parent == cluster.applications[needed].parent
        {
          let (own, other) = (cluster.applications[user], cluster.applications[needed])
          // The one that needs, moved beside or before what it needs; and what is needed, beside or behind its user.
          for (moved, wave) in [
            (own, other.wave), (own, other.wave - 1), (other, own.wave), (other, own.wave + 1),
          ] {
            let found = Self.orderFindings(in: survey, cluster, moving: moved.id, to: wave)
            #expect(
              found.contains { $0.what.contains("`\(own.name)`") && $0.what.contains("`\(other.name)`") },
              "\(cluster.entry): \(moved.name) in wave \(wave), \(own.name) needs \(other.name)")
            bound.insert(moved.name)
          }
        }
      }
      // Whoever has no needs and no users is still not free to go anywhere.
      let children = cluster.applications.filter { $0.parent != nil }
      for alone in children where !bound.contains(alone.name) {
        let first = try #require(children.map(\.wave).min()) - 1
        let found = Self.orderFindings(in: survey, cluster, moving: alone.id, to: first)
        #expect(found.contains { $0.what.contains("`\(alone.name)`") }, "\(cluster.entry): \(alone.name)")
      }
    }
    #expect(bound.isSuperset(of: ["nats", "tenant-infrastructure", "crossplane", "cert-manager", "keda"]))
  }

  @Test(arguments: [
    // What it waits for is itself still to come, or comes at the same time; what waits for it comes before.
    ("02-data/nats.yaml", "5", "30"), ("06-tenants/tenant-infrastructure.yaml", "20", "30"),
    ("01-foundation/argocd.yaml", "6", "-5"), ("01-foundation/crossplane.yaml", "1", "6"),
    ("01-foundation/cert-manager.yaml", "1", "2"), ("02-data/plugin-barman-cloud.yaml", "2", "1"),
    ("01-foundation/cilium.yaml", "-1", "-2"),
    // What composes for claims, and what it composes, beside each other and in turn.
    ("01-foundation/keda.yaml", "4", "7"), ("02-data/platform-apis.yaml", "6", "4"),
    ("02-data/nats.yaml", "5", "3"), ("03-intelligence/kagent-crds.yaml", "3", "4"),
    ("06-tenants/tenants.yaml", "21", "20"), ("06-tenants/tenant-infrastructure.yaml", "20", "21"),
    ("01-foundation/cilium.yaml", "-1", "4"),
  ])
  func `a wave changed in its file is an error, which is what makes the command fail`(
    _ file: String, _ wave: String, _ other: String
  ) async throws {
    let ours = try CheckedRepository.ours()
    defer { ours.remove() }
    try ours.replace("sync-wave: \"\(wave)\"", with: "sync-wave: \"\(other)\"", in: "platform/\(file)")
    let open = try await ours.report().open
    #expect(!open.isEmpty)
    #expect(open.contains { $0.severity == .error })
    #expect(Set(open.map(\.rule)).isSubset(of: Set(RuleFamily.argoCD.rules.map(\.id))))
  }

  @Test func `the wave that is to blame is found in its file, with what to do`() async throws {
    let ours = try CheckedRepository.ours()
    defer { ours.remove() }
    try ours.replace(
      "argocd.argoproj.io/sync-wave: \"-3\"", with: "argocd.argoproj.io/sync-wave: \"30\"",
      in: "platform/01-foundation/local-path-provisioner.yaml")
    let report = try await ours.report()
    #expect(report.open.map(\.rule) == ["ZT304"])
    #expect(report.open.first?.location.file == "platform/01-foundation/local-path-provisioner.yaml")
    #expect(report.open.first?.what.contains("too late for") == true)
  }

  /// What the rules about order call an error once an Application stands in another wave.
  private static func orderFindings(
    in survey: Survey, _ cluster: ClusterView, moving id: Int, to wave: Int
  ) -> [Rule.Violation] {
    var applications = cluster.applications
    applications[id] = applications[id].inWave(wave)
    let moved = ClusterView(
      entry: cluster.entry, applications: applications, objects: cluster.objects, unknowns: cluster.unknowns,
      consumed: cluster.consumed)
    let graph = ClusterGraph(moved, tree: survey.tree)
    let changed = Survey(
      tree: survey.tree, kustomizations: survey.kustomizations, builds: survey.builds, manifests: survey.manifests,
      graphs: [graph], catalogue: survey.catalogue)
    return order.flatMap { rule in rule.check(changed).filter { $0.severity ?? rule.severity == .error } }
  }

  private static let order: [Rule] = [
    .kindTooLate, .namespaceTooLate, .secretTooLate, .storageTooLate, .webhookTooLate, .compositeTooLate,
    .packageTooLate, .otherTooLate, .offerTooEarly, .needBesideItsProvider, .soughtOnceBesideItsProvider,
    .argoCDBeforeThePlatform,
  ]
}

extension DeployedApplication {
  fileprivate func inWave(_ wave: Int) -> DeployedApplication {
    DeployedApplication(id: id, manifest: manifest, parent: parent, wave: wave, set: set, sources: sources)
  }
}
