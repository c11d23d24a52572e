import Testing
import ZeroTouchManifests
import ZeroTouchModel

private let rendered = """
  apiVersion: argoproj.io/v1alpha1
  kind: Application
  metadata: {name: late, annotations: {argocd.argoproj.io/sync-wave: "1"}}
  spec: {source: {repoURL: https://a/b, targetRevision: main, path: x}}
  ---
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: bystander}
  ---
  apiVersion: argoproj.io/v1alpha1
  kind: Application
  metadata: {name: first, annotations: {argocd.argoproj.io/sync-wave: "-3"}}
  spec:
    sources: [{repoURL: https://charts, chart: c, targetRevision: 1.2.3}, {repoURL: https://a/b, ref: values}]
    syncPolicy: {syncOptions: [CreateNamespace=true]}
  ---
  apiVersion: argoproj.io/v1alpha1
  kind: Application
  metadata: {name: also-late, annotations: {argocd.argoproj.io/sync-wave: "1"}}
  spec: {source: {repoURL: https://a/b, path: y}}
  """

@Test func `expected Applications stand in the order of their waves`() throws {
  let expected = try ExpectedApplications.parse(rendered, source: "platform/main")
  #expect(expected.applications.map(\.name) == ["first", "also-late", "late"])
  #expect(expected.waves.map(\.wave) == [-3, 1])
  #expect(expected.waves.map(\.names) == [["first"], ["also-late", "late"]])
  #expect(expected.applications[0].sources.map(\.chart) == ["c", nil])
  #expect(expected.applications[1].sources[0].revision == "HEAD")
}

@Test func `a platform without Applications is refused rather than done at once`() {
  let error = #expect(throws: InvalidInput.self) {
    try ExpectedApplications.parse("kind: ConfigMap\n", source: "platform/main")
  }
  #expect(error?.diagnostics.map(\.message) == ["no Argo CD Application in what this renders to"])
}
