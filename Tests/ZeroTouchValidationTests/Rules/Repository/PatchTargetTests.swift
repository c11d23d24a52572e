import Testing

@testable import ZeroTouchValidation

/// Patches whose targets other kustomizations decide about.
struct PatchTargetTests {
  private let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop, namespace: shop}\n"

  @Test func `a name that a base gives an object is a target, whoever builds it`() async throws {
    let files = [
      "lib/a.yaml": map,
      "over/kustomization.yaml": """
      resources: [../base]
      patches:
        - target: {kind: ConfigMap, name: renamed}
          patch: "[{op: add, path: /data, value: {a: b}}]"
      """,
      "base/kustomization.yaml": """
      resources: [../lib/a.yaml]
      patches:
        - {path: name.yaml, target: {kind: ConfigMap, name: shop}, options: {allowNameChange: true}}
      """,
      "base/name.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: renamed}\n",
    ]
    #expect(try await findings(files, .patchWithoutTarget) == [])
  }

  @Test func `a component may patch what not all of its users have`() async throws {
    func component(_ target: String) -> [String: String] {
      [
        "over/kustomization.yaml": "resources: [a.yaml]\ncomponents: [../part]\n", "over/a.yaml": map,
        "part/kustomization.yaml": """
        apiVersion: kustomize.config.k8s.io/v1alpha1
        kind: Component
        patches:
          - target: {\(target)}
            patch: "[{op: add, path: /metadata/labels, value: {a: b}}]"
        """,
      ]
    }
    #expect(try await findings(component("kind: StatefulSet"), .patchWithoutTarget) == [])
    #expect(
      try await findings(component("kind: StatefulSet, name: shop"), .patchWithoutTarget) == [
        "ZT107 part/kustomization.yaml:4"
      ])
  }
}
