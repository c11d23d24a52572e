import Testing

@testable import ZeroTouchValidation

struct FluxRuleTests {
  private let shop = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n"
  private let definition = """
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: shops.example.org}
    spec: {group: example.org, names: {kind: Shop, plural: shops}}

    """

  private func phase(_ name: String, _ path: String, _ more: String = "") -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: \(name), namespace: flux-system}
    spec:
      path: ./\(path)
      sourceRef: {kind: GitRepository, name: flux-system}
    \(more)
    """
  }

  @Test func `a definition behind the phase of definitions is found`() async throws {
    var files = [
      "flux/crds.yaml": phase("crds", "crds"), "crds/a.yaml": definition,
      "flux/apps.yaml": phase("apps", "apps", "  dependsOn: [{name: crds}]"), "apps/a.yaml": shop,
    ]
    #expect(try await findings(files, .definitionsInLaterPhase) == [])
    files["apps/b.yaml"] = definition.replacing("shops", with: "carts")
    #expect(try await findings(files, .definitionsInLaterPhase) == ["ZT701 apps/b.yaml:2"])
  }

  @Test func `a phase that nobody can look into, or that is empty, is no proof that it has none`() async throws {
    var files = [
      "flux/crds.yaml": phase("crds", "crds"), "crds/a.yaml": definition,
      "flux/apps.yaml": phase("apps", "apps", "  dependsOn: [{name: crds}]"),
      "apps/kustomization.yaml": "resources: [https://github.com/org/app//deploy?ref=v1]\n",
    ]
    #expect(try await findings(files, .definitionsInLaterPhase) == ["ZT701 flux/apps.yaml:5"])
    files["apps/kustomization.yaml"] = "resources: [a.yaml]\n"
    #expect(try await findings(files, .definitionsInLaterPhase) == ["ZT701 flux/apps.yaml:5"])
    files["apps/kustomization.yaml"] = "resources: []\n"
    #expect(try await findings(files, .definitionsInLaterPhase) == ["ZT701 flux/apps.yaml:5"])
  }

  @Test func `a release that lets its chart's definitions in is found in a later phase`() async throws {
    func files(_ crds: String) -> [String: String] {
      [
        "flux/crds.yaml": phase("crds", "crds"), "crds/a.yaml": definition,
        "flux/apps.yaml": phase("apps", "apps", "  dependsOn: [{name: crds}]"), "apps/a.yaml": release(crds),
      ]
    }
    #expect(try await findings(files("CreateReplace"), .definitionsInLaterPhase) == ["ZT701 apps/a.yaml:10"])
    #expect(try await findings(files("Skip"), .definitionsInLaterPhase) == [])
  }

  private func release(_ crds: String) -> String {
    """
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata: {name: eso}
    spec:
      chart:
        spec:
          chart: external-secrets
          version: 2.9.0
          sourceRef: {kind: HelmRepository, name: external-secrets}
      install: {crds: \(crds)}
      upgrade: {crds: \(crds)}
    ---
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: HelmRepository
    metadata: {name: external-secrets}
    spec: {url: https://charts.external-secrets.io}

    """
  }

  @Test func `an object of a kind that a release of the same Kustomization brings is found`() async throws {
    let store = "apiVersion: external-secrets.io/v1\nkind: ClusterSecretStore\nmetadata: {name: aws}\n"
    let wrong = [
      "flux/eso.yaml": phase("eso", "eso"), "eso/a.yaml": release("CreateReplace"), "eso/store.yaml": store,
    ]
    #expect(try await findings(wrong, .definitionsFromItself) == ["ZT703 eso/store.yaml:2"])
    let right = [
      "flux/eso.yaml": phase("eso", "eso"), "eso/a.yaml": release("CreateReplace"),
      "flux/stores.yaml": phase("stores", "stores", "  dependsOn: [{name: eso}]"), "stores/store.yaml": store,
    ]
    #expect(try await findings(right, .definitionsFromItself) == [])
  }

  @Test func `a variable without a value is found where it stands`() async throws {
    func files(_ text: String, _ more: String = "  postBuild: {substitute: {DOMAIN: example.org}}") -> [String: String]
    {
      ["flux/apps.yaml": phase("apps", "apps", more), "apps/a.yaml": "\(shop)data:\n  host: \"\(text)\"\n"]
    }
    #expect(try await findings(files("${REGION}.${DOMAIN}"), .unresolvedVariable) == ["ZT702 apps/a.yaml:6"])
    #expect(try await findings(files("${DOMAIN} ${REGION:=fsn1} $${TEXT} $PLAIN"), .unresolvedVariable) == [])
    let elsewhere = "  postBuild: {substituteFrom: [{kind: Secret, name: elsewhere}]}"
    #expect(try await findings(files("${REGION}", elsewhere), .unresolvedVariable) == [])
    #expect(try await findings(files("${REGION}", ""), .unresolvedVariable) == [])
  }

  @Test func `a variable in an Application is found, since nobody fills it in`() async throws {
    let source = "source:\n  repoURL: ${REPO_URL}\n  path: apps\n  targetRevision: main"
    #expect(try await findings(["a.yaml": application("a", spec: source)], .unresolvedVariable) == ["ZT702 a.yaml:10"])
    let right = source.replacing("${REPO_URL}", with: "https://github.com/a/b.git")
    #expect(try await findings(["a.yaml": application("a", spec: right)], .unresolvedVariable) == [])
  }

  @Test func `two roots over one folder are found at the second`() async throws {
    let instance = """
      apiVersion: fluxcd.controlplane.io/v1
      kind: FluxInstance
      metadata: {name: flux, namespace: flux-system}
      spec:
        sync: {kind: GitRepository, url: https://github.com/a/b.git, ref: refs/heads/main, path: clusters/main}
      """
    var files = [
      "a/instance.yaml": instance, "b/root.yaml": phase("flux-system", "clusters/main"), "clusters/main/a.yaml": shop,
    ]
    #expect(try await findings(files, .twoRoots) == ["ZT704 b/root.yaml:5"])
    files["b/root.yaml"] = phase("flux-system", "clusters/other")
    #expect(try await findings(files, .twoRoots) == [])
    let source = "source: {repoURL: https://github.com/a/b.git, path: clusters/main, targetRevision: main}"
    files["b/root.yaml"] = application("root", spec: source)
    #expect(try await findings(files, .twoRoots) == ["ZT704 b/root.yaml:9"])
  }

  @Test func `names that do not exist are found where they are named`() async throws {
    var files = [
      "flux/one.yaml": phase("one", "one"), "flux/two.yaml": phase("two", "two", "  dependsOn: [{name: oen}]"),
      "one/a.yaml": shop, "two/a.yaml": shop.replacing("shop", with: "two"),
    ]
    #expect(try await findings(files, .fluxNamesMissing) == ["ZT705 flux/two.yaml:7"])
    files["flux/two.yaml"] = phase("two", "two", "  dependsOn: [{name: one}]")
    #expect(try await findings(files, .fluxNamesMissing) == [])
    files["flux/three.yaml"] = phase("three", "tree")
    #expect(try await findings(files, .fluxNamesMissing) == ["ZT705 flux/three.yaml:5"])
    files["flux/three.yaml"] = release("Skip").replacing(
      "name: external-secrets}\n  install", with: "name: eso}\n  install")
    #expect(try await findings(files, .fluxNamesMissing) == ["ZT705 flux/three.yaml:9"])
  }
}
