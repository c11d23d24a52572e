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
    #expect(report.clusters == 6 && report.applications > 20)
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
          // The one that needs, moved before what it needs; and what is needed, moved behind its user.
          for (moved, wave) in [(own, other.wave - 1), (other, own.wave + 1)] {
            let found = Self.lateness(in: survey, cluster, moving: moved.id, to: wave)
            #expect(
              found.contains { $0.what.contains("`\(own.name)`") && $0.what.contains("`\(other.name)`") },
              "\(cluster.entry): \(moved.name) in wave \(wave), \(own.name) needs \(other.name)")
            bound.insert(moved.name)
          }
        }
      }
    }
    let all = Set(survey.applications.filter { $0.application.parent != nil }.map(\.application.name))
    // Argo CD holds itself last: it needs nothing that Git brings, and nothing in Git needs it.
    #expect(all.subtracting(bound) == ["argocd"])
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

  /// What the graph says once an Application stands in another wave.
  private static func lateness(
    in survey: Survey, _ cluster: ClusterView, moving id: Int, to wave: Int
  ) -> [Rule.Violation] {
    var applications = cluster.applications
    applications[id] = applications[id].inWave(wave)
    let moved = ClusterView(
      entry: cluster.entry, applications: applications, objects: cluster.objects, unknowns: cluster.unknowns,
      consumed: cluster.consumed)
    let graph = ClusterGraph(moved, tree: survey.tree)
    return Survey(
      tree: survey.tree, kustomizations: survey.kustomizations, builds: survey.builds, manifests: survey.manifests,
      graphs: [graph], catalogue: survey.catalogue
    ).lateness.values.flatMap(\.self)
  }
}

extension DeployedApplication {
  fileprivate func inWave(_ wave: Int) -> DeployedApplication {
    DeployedApplication(id: id, manifest: manifest, parent: parent, wave: wave, set: set, sources: sources)
  }
}
