import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools
import ZeroTouchWorld

@testable import ZeroTouchRehearsal

struct ToolRenderingTests {
  private static let chart = ChartReference(repoURL: "https://helm.example", chart: "thing", version: "1.0.0")
  private static let manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: rendered}\n"

  private func published(_ helm: JSONValue) -> RepositorySource {
    var source = RepositorySource(repoURL: "https://helm.example/", revision: "1.0.0", path: "")
    source.chart = "thing"
    source.helm = helm
    source.application = "app"
    source.namespace = "place"
    source.references = ["values": .init(repoURL: RenderedRepository.repoURL, revision: "main")]
    return source
  }

  @Test func `a kustomization is built by kubectl, once a commit`() async throws {
    try await withTemporaryFolder { folder in
      let repository = try RenderedRepository(["app/kustomization.yaml": "resources: []\n"], in: folder) { _ in
        .printing(Self.manifest)
      }
      for _ in 0..<3 { #expect(await repository.names(RenderedRepository.source("app")) == ["ConfigMap/rendered"]) }
      let built = repository.tools.invocations.filter { $0.tool == "kubectl" }
      #expect(built.map(\.arguments) == [["kustomize", "\(folder)/app"]])
    }
  }

  @Test func `what kustomize refuses is passed on`() async throws {
    try await withTemporaryFolder { folder in
      let repository = try RenderedRepository(["app/kustomization.yaml": "resources: [gone]\n"], in: folder) { _ in
        .failing("error: accumulating resources: gone")
      }
      #expect(
        await repository.names(RenderedRepository.source("app")) == [
          "`kustomize build app` failed exit status 1: error: accumulating resources: gone"
        ])
    }
  }

  @Test func `a chart is templated with the values of its application`() async throws {
    try await withTemporaryFolder { folder in
      let files = ["bootstrap/values.yaml": "a: 1\n"]
      let repository = try RenderedRepository(files, in: folder, charts: [Self.chart: "/charts/thing"]) { _ in
        .printing(Self.manifest)
      }
      let source = published([
        "releaseName": "release", "valueFiles": ["$values/bootstrap/values.yaml"], "valuesObject": ["b": 2],
        "parameters": [["name": "c.d", "value": "true"], ["name": "e", "value": "1", "forceString": true]],
      ])
      #expect(await repository.names(source) == ["ConfigMap/rendered"])
      let call = repository.tools.invocations.last { $0.tool == "helm" }
      #expect(
        call?.arguments == [
          "template", "release", "/charts/thing", "--namespace", "place", "--values", "\(folder)/bootstrap/values.yaml",
          "--values", "-", "--include-crds",
        ])
      #expect(call?.input == .text("b: 2\nc:\n  d: true\ne: \"1\"\n"))
    }
  }

  @Test func `value files that are not there and references nobody declares are errors`() async throws {
    try await withTemporaryFolder { folder in
      let repository = try RenderedRepository(["x/a.yaml": ""], in: folder, charts: [Self.chart: "/charts/thing"])
      #expect(
        await repository.names(published(["valueFiles": ["$values/none.yaml"]])) == [
          "Error: open $values/none.yaml: no such file or directory"
        ])
      let stray = await repository.names(published(["valueFiles": ["$other/none.yaml"]]))
      #expect(stray.first?.contains("no source has a 'ref' field") == true)
    }
  }

  @Test func `unknown charts are said in helm's words, other versions as what the catalogue lacks`() async throws {
    try await withTemporaryFolder { folder in
      let repository = try RenderedRepository(["x/a.yaml": ""], in: folder)
      var source = RepositorySource(repoURL: "https://charts.external-secrets.io", revision: "0.1.0", path: "")
      source.chart = "external-secrets"
      let version = await repository.names(source)
      #expect(version.first?.contains("version 0.1.0 of the chart `external-secrets`: its catalogue has") == true)
      source.chart = "internal-secrets"
      let chart = await repository.names(source)
      #expect(chart.first?.contains("chart \"internal-secrets\" not found in") == true)
    }
  }

  @Test(.enabled(if: RealTools.arePresent, "scripts/tools has not brought kubectl and helm"))
  func `the real kubectl builds overlays and the real helm renders charts`() async throws {
    try await withTemporaryFolder { folder in
      let files = [
        "base/kustomization.yaml": "resources: [map.yaml]\nnamePrefix: pre-\n", "base/map.yaml": Self.manifest,
        "chart/Chart.yaml": "apiVersion: v2\nname: chart\nversion: 1.0.0\n",
        "chart/templates/map.yaml": """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: {{ .Release.Name }}-{{ .Values.suffix }}}
        """,
      ]
      let scripted = try RenderedRepository(files, in: folder)
      let renderer = RepositoryRenderer(
        repository: ServedRepository(root: folder, repoURL: RenderedRepository.repoURL),
        tools: RealTools.runner(home: folder), catalogue: try ChartCatalogue.embedded())
      _ = scripted
      guard
        case .rendered(let overlay, let commit) = await renderer.perform(
          .asking(.render(RenderedRepository.source("base"))))
      else {
        Issue.record("the overlay was not built")
        return
      }
      #expect(overlay.map(\.kindAndName) == ["ConfigMap/pre-rendered"])
      #expect(commit.count == 40)
      var source = RenderedRepository.source("chart")
      source.application = "app"
      source.helm = ["parameters": [["name": "suffix", "value": "given"]]]
      guard case .rendered(let chart, _) = await renderer.perform(.asking(.render(source))) else {
        Issue.record("the chart was not rendered")
        return
      }
      #expect(chart.map(\.kindAndName) == ["ConfigMap/app-given"])
    }
  }
}
