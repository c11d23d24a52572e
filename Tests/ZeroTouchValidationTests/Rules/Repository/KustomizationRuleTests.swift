import Testing

@testable import ZeroTouchValidation

struct KustomizationRuleTests {
  private let shop = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n"

  private func check(_ files: [String: String]) async throws -> [String] {
    try await findings(files, .kustomizationFails, .kustomizationNamesMissing, .patchWithoutTarget)
  }

  @Test func `a kustomization that does not build is found where it lies, not where it is included`() async throws {
    var files = [
      "top/kustomization.yaml": "resources: [../base]\n",
      "base/kustomization.yaml": "resources: [shop.yaml, again.yaml]\n",
      "base/shop.yaml": shop, "base/again.yaml": shop,
    ]
    #expect(try await check(files) == ["ZT104 base/kustomization.yaml:1"])
    files["base/again.yaml"] = shop.replacing("shop", with: "search")
    #expect(try await check(files) == [])
  }

  @Test func `a resource that does not exist is found at its item, and the failed build is not told again`()
    async throws
  {
    var files = ["base/kustomization.yaml": "resources:\n  - shop.yaml\n  - shpo.yaml\n", "base/shop.yaml": shop]
    #expect(try await check(files) == ["ZT105 base/kustomization.yaml:3"])
    files["base/shpo.yaml"] = shop.replacing("shop", with: "shpo")
    #expect(try await check(files) == [])
  }

  @Test func `a folder without a kustomization is found where it is named`() async throws {
    let files = ["a/kustomization.yaml": "resources:\n  - ../b\n", "b/shop.yaml": shop]
    #expect(try await check(files) == ["ZT105 a/kustomization.yaml:2"])
  }

  @Test func `a file that a plugin makes of the chart beside the kustomization is not missing`() async throws {
    let files = ["a/kustomization.yaml": "resources: [all.yaml]\n", "a/Chart.yaml": "name: a\nversion: 1.0.0\n"]
    #expect(try await check(files) == [])
  }

  @Test func `a file above the folder is refused by Argo CD, and read by Flux`() async throws {
    let generator = "configMapGenerator: [{name: a, files: [../../conf/a.txt]}]\n"
    var files = ["apps/one/kustomization.yaml": generator, "conf/a.txt": "a"]
    #expect(try await check(files) == ["ZT104 apps/one/kustomization.yaml:1"])
    files["flux/one.yaml"] =
      "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: one}\nspec: {path: ./apps/one}\n"
    #expect(try await check(files) == [])
  }

  @Test func `a patch file that does not exist is found`() async throws {
    let files = [
      "kustomization.yaml": "resources: [shop.yaml]\npatches:\n  - path: patch.yaml\n    target: {kind: ConfigMap}\n",
      "shop.yaml": shop,
    ]
    #expect(try await check(files) == ["ZT105 kustomization.yaml:3"])
  }

  @Test func `a patch with a target that matches nothing is found at its target`() async throws {
    func files(_ name: String) -> [String: String] {
      [
        "kustomization.yaml": """
        resources: [shop.yaml]
        patches:
          - target: {kind: ConfigMap, name: \(name)}
            patch: |-
              - {op: add, path: /data, value: {a: b}}
        """, "shop.yaml": shop,
      ]
    }
    #expect(try await check(files("shpo")) == ["ZT107 kustomization.yaml:3"])
    #expect(try await check(files("shop")) == [])
    #expect(try await check(files("sh.*")) == [])
  }

  @Test func `a merge patch for an object that is not there is found, and only once`() async throws {
    let patch = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shpo}\ndata: {a: b}\n"
    var files = [
      "kustomization.yaml": "resources: [shop.yaml]\npatches:\n  - path: patch.yaml\n", "shop.yaml": shop,
      "patch.yaml": patch,
    ]
    #expect(try await check(files) == ["ZT107 kustomization.yaml:3"])
    files["patch.yaml"] = patch.replacing("shpo", with: "shop")
    #expect(try await check(files) == [])
  }

  @Test func `a component's patch counts for whoever includes it, a renamed object under both names`() async throws {
    let files = [
      "a/kustomization.yaml": "resources: [shop.yaml]\nnamePrefix: my-\n", "a/shop.yaml": shop,
      "part/kustomization.yaml": """
      apiVersion: kustomize.config.k8s.io/v1alpha1
      kind: Component
      patches:
        - target: {kind: ConfigMap, name: shop}
          patch: '[{"op": "add", "path": "/data", "value": {"a": "b"}}]'
      """,
      "top/kustomization.yaml": """
      resources: [../a]
      components: [../part]
      patches:
        - target: {kind: ConfigMap, name: my-shop}
          patch: '[{"op": "add", "path": "/data/b", "value": "c"}]'
      """,
    ]
    #expect(try await check(files) == [])
    var wrong = files
    wrong["part/kustomization.yaml"] = files["part/kustomization.yaml"]?.replacing("name: shop", with: "name: search")
    #expect(try await check(wrong).contains("ZT107 part/kustomization.yaml:4"))
  }
}
