import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchWorld

@testable import ZeroTouchRehearsal

struct DirectoryRenderingTests {
  private func configMap(_ name: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name)}\n"
  }

  private var files: [String: String] {
    [
      "app/a.yaml": configMap("a"), "app/b.yml": configMap("b"), "app/notes.txt": "no manifest",
      "app/deep/c.yaml": configMap("c"), "app/skipped.yaml": "# +argocd:skip-file-rendering\n{{ not yaml",
      "app/d.json": #"{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "d"}}"#,
    ]
  }

  @Test func `a folder is the manifests of its own files`() async throws {
    try await withTemporaryFolder { folder in
      let repository = try RenderedRepository(files, in: folder)
      #expect(
        await repository.names(RenderedRepository.source("app")) == ["ConfigMap/a", "ConfigMap/b", "ConfigMap/d"])
    }
  }

  @Test(
    arguments: [
      (["recurse": true], ["a", "b", "d", "c"]),
      (["include": "*.yml"], ["b"]),
      (["recurse": true, "include": "{a.yaml,deep/*}"], ["a", "c"]),
      (["exclude": "[ab].*"], ["d"]),
      (["recurse": true, "include": "*.yaml", "exclude": "deep/*"], ["a"]),
    ] as [(JSONValue, [String])])
  func `recursion and patterns choose files`(_ directory: JSONValue, _ expected: [String]) async throws {
    try await withTemporaryFolder { folder in
      let repository = try RenderedRepository(files, in: folder)
      let names = await repository.names(RenderedRepository.source("app", directory: directory))
      #expect(names == expected.map { "ConfigMap/\($0)" })
    }
  }

  @Test func `lists are taken apart`() async throws {
    try await withTemporaryFolder { folder in
      let list =
        #"{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}}]}"#
      let repository = try RenderedRepository(["app/l.json": list], in: folder)
      #expect(await repository.names(RenderedRepository.source("app")) == ["Secret/s"])
    }
  }

  @Test func `the commit comes with what was rendered`() async throws {
    try await withTemporaryFolder { folder in
      let repository = try RenderedRepository(files, in: folder)
      guard case .rendered(_, let commit) = await repository.render(RenderedRepository.source("app")) else {
        Issue.record("nothing was rendered")
        return
      }
      #expect(commit == RenderedRepository.commit)
      let asked = Errand.asking(.resolve(repoURL: "https://git.example/platform", revision: "main"))
      #expect(await repository.renderer.perform(asked) == .resolved(commit: RenderedRepository.commit))
    }
  }

  @Test(arguments: [
    ("missing", "https://git.example/platform.git", "main", "missing: app path does not exist"),
    ("../outside", "https://git.example/platform.git", "main", "../outside: app path outside root"),
    ("app", "https://git.example/platform.git", "v9", "unable to resolve 'v9' to a commit SHA"),
    (
      "app", "https://git.example/other.git", "main",
      "failed to list refs: authentication required: Repository not found: https://git.example/other.git"
    ),
  ])
  func `what is not there is said in Argo CD's words`(
    _ path: String, _ url: String, _ revision: String, _ message: String
  ) async throws {
    try await withTemporaryFolder { folder in
      let repository = try RenderedRepository(files, in: folder)
      #expect(await repository.names(RenderedRepository.source(path, repoURL: url, revision: revision)) == [message])
    }
  }

  @Test func `broken YAML and documents that are no objects are named by file`() async throws {
    try await withTemporaryFolder { folder in
      let repository = try RenderedRepository(
        ["broken/x.yaml": "a: [", "values/values.yaml": "replicas: 1\n"], in: folder)
      let broken = await repository.names(RenderedRepository.source("broken"))
      #expect(broken.first?.hasPrefix("Failed to unmarshal \"broken/x.yaml\": ") == true)
      #expect(
        await repository.names(RenderedRepository.source("values")) == [
          "Failed to unmarshal \"values/values.yaml\": Object 'Kind' is missing in '{\"replicas\":1}'"
        ])
    }
  }
}
