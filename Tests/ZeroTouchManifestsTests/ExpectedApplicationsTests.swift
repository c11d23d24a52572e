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
  spec: {source: {repoURL: https://a/b, path: "y"}}
  """

@Test func `expected Applications stand in the order of their waves`() throws {
  let expected = try ExpectedApplications.parse(rendered, source: "platform/main")
  #expect(expected.applications.map(\.name) == ["first", "also-late", "late"])
  #expect(expected.waves.map(\.wave) == [-3, 1])
  #expect(expected.waves.map { $0.applications.map(\.name) } == [["first"], ["also-late", "late"]])
  #expect(expected.applications[0].sources.map(\.chart) == ["c", nil])
  #expect(expected.applications[1].sources[0].revision == "HEAD")
}

@Test func `a platform without Applications is refused rather than done at once`() {
  let error = #expect(throws: InvalidInput.self) {
    try ExpectedApplications.parse("kind: ConfigMap\n", source: "platform/main")
  }
  #expect(error?.diagnostics.map(\.message) == ["no Argo CD Application in what this renders to"])
}

@Test func `Applications that cannot be ordered are refused with their places`() {
  let text = """
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata:
      name: a
      annotations: {argocd.argoproj.io/sync-wave: first}
    spec: {source: {repoURL: https://a/b, path: x}}
    ---
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata:
      name: a
      annotations: {argocd.argoproj.io/sync-wave: 2}
    spec: {source: {repoURL: https://a/b, path: x}}
    ---
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata: {generateName: b}
    """
  let error = #expect(throws: InvalidInput.self) { try ExpectedApplications.parse(text, source: "platform/main") }
  #expect(
    error?.description == """
      platform/main:5:47: error: the sync wave `first` of the Application `a` is no integer in quotes
        write it as a string, such as `"-1"`
      platform/main:11:9: error: the Application `a` stands twice in what this renders to
        give every Application its own name
      platform/main:12:47: error: the sync wave `2` of the Application `a` is no integer in quotes
        write it as a string, such as `"-1"`
      platform/main:17:11: error: an Application has no name
        add `metadata.name`
      platform/main:17:11: error: an Application has no `spec`
        add its source and destination
      """)
}

@Test func `broken YAML is refused with its place`() {
  let error = #expect(throws: InvalidInput.self) {
    try ExpectedApplications.parse("a: [1\nb: 2\n", source: "platform/main")
  }
  #expect(error?.diagnostics.first?.location?.description == "platform/main:2:2")
}

@Test func `what an Application brings follows from its source`() throws {
  let expected = try ExpectedApplications.parse(
    """
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata: {name: chart}
    spec: {source: {repoURL: https://charts.example.org, chart: other}}
    ---
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata: {name: definitions}
    spec: {source: {repoURL: https://github.com/kubernetes-sigs/gateway-api, path: config/crd/standard}}
    ---
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata: {name: pinned}
    spec: {sources: [{repoURL: https://helm.cilium.io, chart: cilium}, {repoURL: https://a/b, ref: values}]}
    ---
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata: {name: provider}
    spec: {source: {repoURL: https://a/b, path: providers}}
    ---
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata: {name: store}
    spec: {source: {repoURL: https://a/b, path: stores}}
    """, source: "platform/main")
  func artifact(_ name: String, _ url: String) -> ArtifactLock.Artifact {
    ArtifactLock.Artifact(name: name, version: "1", url: url, sha256: nil, size: nil, purpose: "test")
  }
  let lock = ArtifactLock(artifacts: [
    artifact("cilium", "https://helm.cilium.io/cilium-1.tgz"),
    artifact("gateways", "https://raw.example.org/kubernetes-sigs/gateway-api/v1/config/crd/standard/gateways.yaml"),
  ])
  let manifests = [
    "": ["kind: Deployment"], "providers": ["kind: Provider\nmetadata: {}", "kind: Deployment\n"],
    "stores": ["kind: ClusterSecretStore\n"],
  ]
  let arriving = expected.arriving(from: "https://a/b", lock: lock) { manifests[$0] ?? [] }
  let arrivals = Dictionary(uniqueKeysWithValues: arriving.applications.map { ($0.name, $0.arrivals) })
  #expect(
    arrivals == [
      "chart": [.containers], "definitions": [], "pinned": [], "provider": [.packages, .containers],
      "store": [.externalSecrets],
    ])
}
