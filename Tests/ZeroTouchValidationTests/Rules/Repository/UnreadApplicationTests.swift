import Testing

@testable import ZeroTouchValidation

/// Applications and folders that lie beside those that are read, and are not.
struct UnreadApplicationTests {
  private let shop = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n"

  private func own(_ path: String) -> String {
    "source: {repoURL: https://github.com/a/own.git, path: \(path), targetRevision: main}"
  }

  private var files: [String: String] {
    [
      "root.yaml": application("root", spec: own("apps")), "apps/a.yaml": application("a", spec: own("parts/a")),
      "parts/a/a.yaml": shop,
    ]
  }

  @Test func `an Application beside the folder that is read is found`() async throws {
    var files = files
    files["old/b.yaml"] = application("b", spec: own("parts/a"))
    #expect(try await findings(files, .unreferencedManifest) == ["ZT108 old/b.yaml:2"])
    files["README.md"] = "kubectl apply -f old/b.yaml\n"
    #expect(try await findings(files, .unreferencedManifest) == [], "people are told to apply it")
    files["README.md"] = nil
    files["old/b.yaml"] = nil
    files["bootstrap/b.yaml"] = application("b", spec: own("parts/a"))
    #expect(try await findings(files, .unreferencedManifest) == [])
  }

  @Test func `a folder beside the only one that is read is found`() async throws {
    var files = files
    files["parts/b/a.yaml"] = shop
    #expect(try await findings(files, .unreferencedManifest) == ["ZT108 parts/b/a.yaml:2"])
    files["parts/b/a.yaml"] = nil
    files["parts/base/a.yaml"] = shop
    #expect(try await findings(files, .unreferencedManifest) == [])
  }

  @Test func `a folder that somebody looks for under another name is told once, where it is named`() async throws {
    var files = files
    files["apps/b.yaml"] = application("b", spec: own("parts/bb"))
    files["parts/b/a.yaml"] = shop
    #expect(try await findings(files, .unreferencedManifest) == [])
  }
}
