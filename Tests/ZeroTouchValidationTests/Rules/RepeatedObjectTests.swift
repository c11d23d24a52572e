import Testing
import ZeroTouchModel

@testable import ZeroTouchValidation

/// Objects that stand twice in what one Application applies.
struct RepeatedObjectTests {
  private func map(_ value: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop, namespace: shop}\ndata: {a: \(value)}\n"
  }

  private func own(_ path: String) -> String {
    "source: {repoURL: https://github.com/a/own.git, path: \(path), targetRevision: main}"
  }

  private func found(_ files: [String: String]) async throws -> [String] {
    let repository = try CheckedRepository(files)
    defer { repository.remove() }
    return try await repository.report([.twoOwners]).open.map { "\($0.severity) \($0.location.file): \($0.what)" }
  }

  @Test func `an object in two files of one folder is found`() async throws {
    var files = [
      "root.yaml": application("shop", spec: own("parts")), "parts/a.yaml": map("b"), "parts/b.yaml": map("c"),
    ]
    #expect(
      try await found(files) == [
        "error parts/b.yaml: `ConfigMap/shop/shop` stands twice in what `shop` applies: the last one wins, and the "
          + "other is never deployed"
      ])
    files["parts/b.yaml"] = map("b")
    #expect(
      try await found(files) == ["warning parts/b.yaml: `ConfigMap/shop/shop` stands twice in what `shop` applies"])
    files["parts/b.yaml"] = map("b").replacing("name: shop,", with: "name: other,")
    #expect(try await found(files) == [])
  }

  @Test func `two Applications of one name are found`() async throws {
    var files = [
      "root.yaml": application("root", spec: own("apps")), "apps/a.yaml": application("shop", spec: own("parts/a")),
      "apps/b.yaml": application("shop", spec: own("parts/b")), "parts/a/a.yaml": map("b"), "parts/b/a.yaml": map("c"),
    ]
    let first = try await found(files)
    #expect(first.count == 1 && first[0].contains("`Application/argocd/shop` stands twice in what `root` applies"))
    files["apps/b.yaml"] = nil
    #expect(try await found(files) == [])
  }

  @Test func `an ApplicationSet that makes one name twice is found`() async throws {
    let set = """
      apiVersion: argoproj.io/v1alpha1
      kind: ApplicationSet
      metadata: {name: shops, namespace: argocd}
      spec:
        generators: [{list: {elements: [{app: a}, {app: b}]}}]
        template:
          metadata: {name: shop}
          spec:
            project: default
            destination: {server: https://kubernetes.default.svc, namespace: shop}
            source: {repoURL: https://github.com/a/own.git, path: "parts/{{app}}", targetRevision: main}
      """
    var files = ["set.yaml": set, "parts/a/a.yaml": map("b"), "parts/b/b.yaml": map("c")]
    let first = try await found(files)
    #expect(first.count == 1 && first[0].contains("the ApplicationSet `shops` makes several Applications `shop`"))
    files["set.yaml"] = set.replacing("{name: shop}", with: "{name: \"shop-{{app}}\"}")
    let second = try await found(files)
    #expect(second.allSatisfy { !$0.contains("several") })
  }
}
