import Testing

@testable import ZeroTouchValidation

/// Which addresses and revisions are this repository's, and which are somebody else's.
struct CopiedAddressRuleTests {
  private let shop = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n"

  private func source(_ path: String, repo: String = "ours/platform", at revision: String = "main") -> String {
    "source:\n  repoURL: https://github.com/\(repo).git\n  path: \(path)\n  targetRevision: \(revision)\n"
  }

  @Test func `another project that has a folder of the same name is no copy of this one`() async throws {
    let files = [
      "root/one.yaml": application("one", spec: source("apps/one")),
      "root/two.yaml": application("two", spec: source("apps/two")),
      "root/three.yaml": application("three", spec: source("deploy", repo: "rancher/provisioner", at: "v0.0.31")),
      "apps/one/a.yaml": shop, "apps/two/a.yaml": shop, "deploy/a.yaml": shop,
    ]
    #expect(try await findings(files, .foreignRepository, .sourceWithoutManifests) == [])
  }

  @Test func `a fork is found beside a single sibling`() async throws {
    var files = [
      "root/one.yaml": application("one", spec: source("apps")),
      "apps/two.yaml": application("two", spec: source("conf", repo: "somebody/platform")), "conf/a.yaml": shop,
    ]
    #expect(try await findings(files, .foreignRepository) == ["ZT111 apps/two.yaml:10"])
    files["apps/two.yaml"] = application("two", spec: source("conf"))
    #expect(try await findings(files, .foreignRepository) == [])
  }

  @Test func `a folder that a tag has need not lie here`() async throws {
    func files(_ revision: String) -> [String: String] {
      [
        "root/one.yaml": application("one", spec: source("apps/one")), "apps/one/a.yaml": shop,
        "root/two.yaml": application("two", spec: source("apps/old", at: revision)),
      ]
    }
    #expect(try await findings(files("v1.0.0"), .applicationNamesMissing) == [])
    #expect(try await findings(files("main"), .applicationNamesMissing) == ["ZT106 root/two.yaml:11"])
  }

  @Test func `the branch of an edit is found without siblings`() async throws {
    func files(_ revision: String) -> [String: String] {
      ["one.yaml": application("one", spec: source("apps", at: revision)), "apps/a.yaml": shop]
    }
    #expect(try await findings(files("feature/try-me"), .foreignRevision) == ["ZT116 one.yaml:12"])
    #expect(try await findings(files("production"), .foreignRevision) == [])
  }
}
