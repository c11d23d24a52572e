import Testing

@testable import ZeroTouchValidation

/// What an Application has Argo CD write into a kustomization.
struct KustomizeEditTests {
  private func files(_ edits: String) -> [String: String] {
    [
      "root.yaml": application(
        "shop",
        spec: """
          source:
            repoURL: https://github.com/a/own.git
            path: parts
            targetRevision: main
            kustomize: {\(edits)}
          """),
      "parts/kustomization.yaml": "resources: [a.yaml]\n",
      "parts/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\n",
    ]
  }

  @Test func `a namespace moves every object that has one`() async throws {
    let repository = try CheckedRepository(files("namespace: other"))
    defer { repository.remove() }
    let survey = try await repository.survey()
    #expect(survey.clusters.flatMap(\.objects).filter { $0.manifest.kind == "ConfigMap" }.map(\.namespace) == ["other"])
    #expect(survey.clusters.flatMap(\.unknowns).count == 0)
  }

  @Test func `an image whose tag moves is found where the Application sets it`() async throws {
    #expect(try await findings(files("images: [\"nginx=nginx:latest\"]"), .movingImageTag) == ["ZT601 root.yaml:13"])
    #expect(try await findings(files("images: [\"nginx=nginx:1.29.1\"]"), .movingImageTag) == [])
  }

  @Test func `what is not followed is told`() async throws {
    let repository = try CheckedRepository(files("patches: [{target: {kind: ConfigMap}, patch: x}], namePrefix: a-"))
    defer { repository.remove() }
    let notes = try await repository.survey().notes.map(\.text)
    #expect(notes.contains("what the Application changes by `kustomize` is not followed: `patches`, `namePrefix`"))
  }
}
