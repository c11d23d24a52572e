import Testing
import ZeroTouchModel
import ZeroTouchWorld

@testable import ZeroTouchManifests
@testable import ZeroTouchRehearsal

struct ChartCatalogueTests {
  private func source(_ repoURL: String, _ place: String, _ revision: String, isChart: Bool = true) -> RepositorySource
  {
    var source = RepositorySource(repoURL: repoURL, revision: revision, path: isChart ? "" : place)
    if isChart { source.chart = place }
    return source
  }

  @Test func `every entry expands to objects that an API server would take`() throws {
    let catalogue = try ChartCatalogue.embedded()
    #expect(catalogue.entries.count >= 5)
    for entry in catalogue.entries {
      #expect(!entry.facts.isEmpty && !entry.versions.isEmpty)
      let objects = try entry.objects(release: entry.name, namespace: "place")
      #expect(!objects.isEmpty, "\(entry.name)")
      for object in objects {
        #expect(object["apiVersion"]?.stringValue?.isEmpty == false, "\(entry.name): \(object.text())")
        #expect(object[path: "metadata", "name"]?.stringValue?.isEmpty == false, "\(entry.name): \(object.text())")
        #expect(!object.text().contains("{values."), "\(entry.name): \(object.text())")
        guard object[path: "spec", "template"] != nil else { continue }
        let selector = object[path: "spec", "selector", "matchLabels"]?.stringMap ?? [:]
        let labels = object[path: "spec", "template", "metadata", "labels"]?.stringMap ?? [:]
        #expect(selector.allSatisfy { labels[$0.key] == $0.value }, "\(entry.name): \(object.text())")
      }
      #expect(Set(objects.map(\.kindAndName)).count == objects.count, "\(entry.name) names an object twice")
    }
  }

  @Test func `external secrets brings its kinds, three deployments and two webhook configurations`() throws {
    let entry = try ChartCatalogue.embedded().entry(
      for: source("https://charts.external-secrets.io/", "external-secrets", "2.9.0"))
    let names = try entry.objects(release: "external-secrets", namespace: "external-secrets").map(\.kindAndName)
    for expected in [
      "CustomResourceDefinition/clustersecretstores.external-secrets.io", "Deployment/external-secrets",
      "Deployment/external-secrets-webhook", "Deployment/external-secrets-cert-controller",
      "ValidatingWebhookConfiguration/secretstore-validate", "ValidatingWebhookConfiguration/externalsecret-validate",
    ] { #expect(names.contains(expected), "\(expected)") }
    let without = try entry.objects(release: "r", namespace: "n", values: ["installCRDs": false]).map(\.kindAndName)
    #expect(!without.contains { $0.hasPrefix("CustomResourceDefinition/") })
  }

  @Test func `crossplane brings no definitions of its own`() throws {
    let entry = try ChartCatalogue.embedded().entry(
      for: source("https://charts.crossplane.io/stable", "crossplane", "2.3.4"))
    let names = try entry.objects(release: "crossplane", namespace: "crossplane-system").map(\.kindAndName)
    #expect(names.contains("Deployment/crossplane-rbac-manager"))
    #expect(!names.contains { $0.hasPrefix("CustomResourceDefinition/") })
  }

  @Test func `values reach the storage class`() throws {
    let entry = try ChartCatalogue.embedded().entry(
      for: source(
        "https://github.com/rancher/local-path-provisioner.git", "deploy/chart/local-path-provisioner", "v0.0.37",
        isChart: false))
    let values: JSONValue = [
      "storageClass": ["name": "fast", "defaultClass": true, "reclaimPolicy": "Retain"],
      "nodePathMap": [["node": "n", "paths": ["/var/mnt/x"]]],
    ]
    let objects = try entry.objects(release: "local-path-provisioner", namespace: "n", values: values)
    let storage = objects.first { $0["kind"] == "StorageClass" }
    #expect(storage?[path: "metadata", "name"] == "fast")
    #expect(storage?["reclaimPolicy"] == "Retain")
    let isDefault = storage?[path: "metadata", "annotations"]?["storageclass.kubernetes.io/is-default-class"]
    #expect(isDefault == "true")
    let config = objects.first { $0["kind"] == "ConfigMap" }?[path: "data", "config.json"]?.stringValue
    #expect(config == #"{"nodePathMap":[{"node":"n","paths":["/var/mnt/x"]}]}"#)
  }

  @Test func `the gateway's definitions serve the versions of the standard channel`() throws {
    let entry = try ChartCatalogue.embedded().entry(
      for: source("https://github.com/kubernetes-sigs/gateway-api", "config/crd/standard", "v1.4.1", isChart: false))
    let objects = try entry.objects(release: "", namespace: "")
    #expect(objects.count == 6)
    let policy = objects.first { $0[path: "metadata", "name"] == "backendtlspolicies.gateway.networking.k8s.io" }
    let versions = policy?[path: "spec", "versions"]?.arrayValue ?? []
    #expect(versions.map { $0["served"] } == [true, false])
  }

  @Test func `another version of a chart is taken for the nearest known, and said; another major version is refused`()
    throws
  {
    let catalogue = try ChartCatalogue.embedded()
    let charts = "https://kedacore.github.io/charts"
    let known = try #require(catalogue.entries(of: "keda", in: charts).first?.versions.first)
    let newer = try #require(SemanticVersion(known).map { "\($0.major).\($0.minor).\($0.patch + 1)" })
    #expect(try catalogue.entry(for: source(charts, "keda", newer)).versions.contains(known))
    let refusal = #expect(throws: RenderingFailure.self) { try catalogue.entry(for: source(charts, "keda", "99.0.0")) }
    #expect(refusal?.description.contains("its catalogue has \(known)") == true)

    func notes(_ version: String, _ pinned: [ArtifactLock.Artifact] = []) -> [String] {
      let application: JSONValue = [
        "apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": ["name": "keda"],
        "spec": ["source": ["repoURL": .string(charts), "chart": "keda", "targetRevision": .string(version)]],
      ]
      let applications = ExpectedApplications([application].compactMap { Application($0) })
      return CatalogueGaps(of: catalogue, beside: ArtifactLock(artifacts: pinned), for: applications).notes
    }
    #expect(notes(known) == [])
    #expect(notes(newer).first?.contains("is rehearsed as \(known)") == true)
    let artifact = ArtifactLock.Artifact(
      name: "keda", version: "99.0.0", url: "", sha256: nil, size: nil, purpose: "")
    #expect(notes("99.0.0", [artifact]) == [])
    #expect(notes("99.0.0").first?.contains("cannot be rehearsed: the catalogue has \(known)") == true)
  }

  @Test func `an entry without its source or with a misspelt key is refused`() {
    #expect(throws: CatalogueEntry.Malformed.self) {
      try ChartCatalogue(yaml: "repoURL: x\nchart: y\nversions: [1.0.0]\n", file: "c.yaml")
    }
    #expect(throws: CatalogueEntry.Malformed.self) {
      try ChartCatalogue(yaml: "{repoURL: x, chart: y, versions: [1.0.0], facts: f, workload: []}", file: "c.yaml")
    }
  }
}
