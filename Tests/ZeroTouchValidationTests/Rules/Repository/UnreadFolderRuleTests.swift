import Testing

@testable import ZeroTouchValidation

/// What lies in a repository and reaches no cluster.
struct UnreadFolderRuleTests {
  private let shop = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n"

  private func source(_ path: String, _ more: String = "") -> String {
    "source:\n  repoURL: https://github.com/ours/platform.git\n  path: \(path)\n  targetRevision: main\n\(more)"
  }

  @Test func `kustomizations that include each other are found`() async throws {
    var files = ["a/kustomization.yaml": "resources: [../b]\n", "b/kustomization.yaml": "resources: [../a]\n"]
    #expect(try await findings(files, .kustomizationFails) == ["ZT104 a/kustomization.yaml:1"])
    files["b/kustomization.yaml"] = "resources: [a.yaml]\n"
    files["b/a.yaml"] = shop
    #expect(try await findings(files, .kustomizationFails) == [])
  }

  @Test func `a folder that nobody reads beside those that Applications read is found`() async throws {
    var files = [
      "root/one.yaml": application("one", spec: source("apps/one")), "apps/one/a.yaml": shop,
      "root/two.yaml": application("two", spec: source("apps/two")), "apps/two/a.yaml": shop,
      "apps/three/a.yaml": shop,
    ]
    #expect(try await findings(files, .unreferencedManifest) == ["ZT108 apps/three/a.yaml:2"])
    var right = files
    right["root/three.yaml"] = application("three", spec: source("apps/three"))
    #expect(try await findings(right, .unreferencedManifest) == [])
    files["apply.sh"] = "kubectl apply -f apps/three\n"
    #expect(try await findings(files, .unreferencedManifest) == [])
    files["apply.sh"] = nil
    files["apps/three/b.yaml"] = application("three", spec: source("apps/one"))
    #expect(try await findings(files, .unreferencedManifest) == [], "people apply it to begin with")
  }

  @Test func `plain manifests below a folder that is read without recursion are found once`() async throws {
    func files(_ more: String) -> [String: String] {
      [
        "root.yaml": application("one", spec: source("apps", more)), "apps/a.yaml": shop,
        "apps/deep/b.yaml": shop, "apps/deep/c.yaml": shop,
      ]
    }
    #expect(try await findings(files(""), .applicationsMissed) == ["ZT110 root.yaml:11"])
    #expect(try await findings(files("  directory: {recurse: true}\n"), .applicationsMissed) == [])
  }

  private func set(_ pattern: String) -> String {
    """
    apiVersion: argoproj.io/v1alpha1
    kind: ApplicationSet
    metadata: {name: tenants, namespace: argocd}
    spec:
      generators:
        - git:
            repoURL: https://github.com/ours/platform.git
            revision: main
            directories:
              - path: \(pattern)
      template:
        metadata: {name: "{{path.basename}}"}
        spec:
          source: {repoURL: https://github.com/ours/platform.git, targetRevision: main, path: "{{path}}"}
    """
  }

  @Test func `a pattern of an ApplicationSet that matches nothing is found`() async throws {
    func files(_ pattern: String) -> [String: String] {
      [
        "set.yaml": set(pattern), "one.yaml": application("one", spec: source("conf")), "conf/a.yaml": shop,
        "two.yaml": application("two", spec: source("conf")), "tenants/shop/a.yaml": shop,
      ]
    }
    #expect(try await findings(files("tenantz/*"), .sourceWithoutManifests) == ["ZT109 set.yaml:10"])
    #expect(try await findings(files("tenants/*"), .sourceWithoutManifests) == [])
  }

  @Test func `a lone ApplicationSet follows the checkout's own remote`() async throws {
    let files = [
      "set.yaml": set("tenantz/*"), "tenants/shop/a.yaml": shop,
      ".git/config": "[remote \"origin\"]\n\turl = git@github.com:ours/platform.git\n",
    ]
    #expect(try await findings(files, .sourceWithoutManifests) == ["ZT109 set.yaml:10"])
  }

  @Test func `a target's namespace and labels have to meet something`() async throws {
    func files(_ target: String, _ more: String = "") -> [String: String] {
      [
        "kustomization.yaml": """
        resources: [shop.yaml]
        \(more)
        patches:
          - target: {kind: ConfigMap, \(target)}
            patch: '[{"op": "add", "path": "/data", "value": {"a": "b"}}]'
        """,
        "shop.yaml":
          "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n  namespace: shop\n  labels: {app: shop}\n",
      ]
    }
    #expect(try await findings(files("namespace: shpo"), .patchWithoutTarget) == ["ZT107 kustomization.yaml:4"])
    #expect(try await findings(files("namespace: shop"), .patchWithoutTarget) == [])
    #expect(try await findings(files("namespace: web", "namespace: web"), .patchWithoutTarget) == [])
    #expect(try await findings(files("labelSelector: app=shpo"), .patchWithoutTarget) == ["ZT107 kustomization.yaml:4"])
    #expect(try await findings(files("labelSelector: app=shop"), .patchWithoutTarget) == [])
    let labelled = "commonLabels: {tier: web}"
    #expect(try await findings(files("labelSelector: tier=web", labelled), .patchWithoutTarget) == [])
  }

  @Test func `an environment of a matrix and the folder of a developer in a manifest are found`() async throws {
    func files(_ name: String) -> [String: String] {
      [
        "overlays/prod/kustomization.yaml": "resources: [a.yaml]\n", "overlays/prod/a.yaml": shop,
        ".github/workflows/ci.yaml":
          "on: push\njobs:\n  a:\n    strategy:\n      matrix:\n        environment: [\(name)]\n",
      ]
    }
    #expect(try await findings(files("production"), .environmentNames) == ["ZT115 .github/workflows/ci.yaml:6"])
    #expect(try await findings(files("prod"), .environmentNames) == [])
    func conf(_ path: String) -> [String: String] { ["a.yaml": "\(shop)data:\n  kube: \(path)\n"] }
    #expect(try await findings(conf("/home/jane/.kube/config"), .homePath) == ["ZT113 a.yaml:6"])
    #expect(try await findings(conf("/home/jane/app/config"), .homePath) == [])
  }
}
