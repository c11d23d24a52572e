import Testing
import ZeroTouchModel

@testable import ZeroTouchValidation

/// What lies in a repository and is applied by nobody: test data, examples, what was left out.
struct IllustrationTests {
  private let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {password: hunter2-Kq}\n"
  private let broken = "a: b\n c: d\n"

  @Test func `test data of a program is not read, and that is said once`() async throws {
    let repository = try CheckedRepository([
      "pkg/one/testdata/broken.yaml": broken, "pkg/two/testdata-v2/secret.yaml": secret, "deploy/a.yaml": "a: b\n",
      "pkg/two/testdata-v2/tls.key": "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n",
    ])
    defer { repository.remove() }
    let report = try await repository.report()
    #expect(report.findings == [])
    #expect(
      report.notes.map { "\($0.location.file) \($0.text)" } == [
        "pkg/one/testdata not looked into: it is the test data of a program, like 1 other folders of such a name"
      ])
  }

  @Test func `an example holds credentials that open nothing`() async throws {
    let pod = """
      apiVersion: v1
      kind: Pod
      metadata: {name: db}
      spec: {containers: [{name: db, image: "db:1", env: [{name: DB_PASSWORD, value: Kq93hd}, {name: URL, value: "pg://a:Kq93hd@db/x"}]}]}
      """
    for folder in ["docs/snippets", "examples", "test", "config/samples", "tests/e2e"] {
      #expect(try await findings(["\(folder)/a.yaml": secret + "---\n" + pod], .plainSecret, .passwordInAddress) == [])
    }
    #expect(try await findings(["deploy/a.yaml": secret], .plainSecret) == ["ZT401 deploy/a.yaml:4"])
    #expect(try await findings(["deploy/a.yaml": pod], .passwordInValues, .passwordInAddress).count == 2)
  }

  @Test func `what stands in an example and breaks nothing is a warning`() async throws {
    let repository = try CheckedRepository(["examples/a.yaml": broken, "deploy/a.yaml": broken])
    defer { repository.remove() }
    let found = try await repository.report().open.map { "\($0.severity) \($0.location.file)" }
    #expect(found == ["error deploy/a.yaml", "warning examples/a.yaml"])
  }

  @Test func `an example that somebody applies counts as everything else`() async throws {
    let own = "resources: [../examples/shop]\n"
    let files = [
      "examples/shop/kustomization.yaml": "resources: [a.yaml]\n", "examples/shop/a.yaml": secret,
      "deploy/kustomization.yaml": own,
    ]
    #expect(try await findings(files, .plainSecret) == ["ZT401 examples/shop/a.yaml:4"])
    let flux = """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: docs}
      spec: {path: ./apps/docs}
      """
    #expect(
      try await findings(["apps/docs/a.yaml": secret, "flux.yaml": flux], .plainSecret) == ["ZT401 apps/docs/a.yaml:4"])
    #expect(try await findings(["apps/docs/a.yaml": secret], .plainSecret) == [])
    let tests = ["clusters/test/a.yaml": secret, "test/b.yaml": secret, "prod/c.yaml": "a: b\n"]
    #expect(
      try await findings(tests, .plainSecret) == ["ZT401 clusters/test/a.yaml:4", "ZT401 test/b.yaml:4"])
  }

  @Test func `what a kustomization names in a comment alone is applied by nobody`() async throws {
    let files = [
      "apps/kustomization.yaml": "resources:\n  - one.yaml\n  # - two.yaml\n",
      "apps/one.yaml": application("one", spec: "source: {repoURL: https://x/y, path: shop}"),
      "apps/two.yaml": application("two", spec: "source: {repoURL: https://x/y, path: gone}"),
      "shop/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
    ]
    #expect(try await findings(files, .applicationNamesMissing) == [])
    var named = files
    named["apps/kustomization.yaml"] = "resources: [one.yaml, two.yaml]\n"
    #expect(try await findings(named, .applicationNamesMissing) == ["ZT106 apps/two.yaml:9"])
  }
}
