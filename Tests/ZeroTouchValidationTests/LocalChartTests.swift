import Testing
import ZeroTouchModel

@testable import ZeroTouchValidation

/// Charts that lie in the tree, rendered by the real helm.
struct LocalChartTests {
  private let chart = [
    "charts/shop/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
    "charts/shop/values.yaml": "kind: Widget\nname: none\n",
    "charts/shop/production.yaml": "name: claim\n",
    "charts/shop/templates/all.yaml":
      "apiVersion: example.org/v1\nkind: {{ .Values.kind }}\nmetadata: {name: {{ .Values.name }}-{{ .Release.Name }}}\n",
  ]

  private func repository(_ helm: String, _ more: [String: String] = [:]) -> [String: String] {
    let source =
      "source:\n  repoURL: https://github.com/a/own.git\n  path: charts/shop\n  targetRevision: main\n  helm: \(helm)"
    return chart.merging(more.merging(["root.yaml": application("shop", spec: source)]) { first, _ in first }) {
      $1
    }
  }

  private func survey(_ files: [String: String]) async throws -> Survey {
    let repository = try CheckedRepository(files)
    defer { repository.remove() }
    return try await repository.survey()
  }

  @Test func `a chart in the tree brings what its templates say, with the values of the Application`() async throws {
    let survey = try await survey(repository("{valueFiles: [production.yaml], values: \"kind: Gadget\"}"))
    let objects = try #require(survey.clusters.first).objects.map(\.manifest.title)
    #expect(objects.contains("Gadget/claim-shop"), "\(objects)")
    #expect(survey.notes == [])
  }

  @Test func `what a chart in the tree needs and nobody brings is found`() async throws {
    let files = repository("{valueFiles: [production.yaml]}")
    let found = try await findings(files, .kindUnknown)
    #expect(found == ["ZT309 root.yaml:11"], "\(found)")
  }

  @Test func `a value file that is not there is unknown, and so is what the chart brings`() async throws {
    let survey = try await survey(repository("{valueFiles: [staging.yaml]}"))
    #expect(survey.notes.map(\.text).contains { $0.contains("its value file `staging.yaml` is not here") })
  }

  @Test func `a chart that does not render is unknown in helm's words`() async throws {
    let broken = ["charts/shop/templates/all.yaml": "{{ fail \"no shop today\" }}"]
    let survey = try await survey(chart.merging(repository("{}", broken)) { $1 })
    #expect(survey.notes.map(\.text).contains { $0.contains("no shop today") }, "\(survey.notes)")
  }

  @Test func `the charts that a chart is made of come from the catalogue`() async throws {
    let made = [
      "charts/shop/Chart.yaml":
        "apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n"
        + "  - {name: cert-manager, version: v1.21.1, repository: https://charts.jetstack.io}\n"
    ]
    var files = repository("{}", made)
    files["charts/shop/templates/all.yaml"] = nil
    let survey = try await survey(files)
    let objects = try #require(survey.clusters.first).objects.map(\.manifest.title)
    #expect(objects.contains { $0.hasPrefix("Deployment/") && $0.contains("cert-manager") }, "\(objects)")
  }

  @Test func `a chart that nothing renders and a release of Flux are told`() async throws {
    let release =
      "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a, namespace: b}\nspec: {}\n"
    let survey = try await survey(chart.merging(["release.yaml": release]) { $1 })
    #expect(survey.notes.map(\.location.file).sorted() == ["charts/shop/Chart.yaml", "release.yaml"])
  }
}
