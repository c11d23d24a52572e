import Testing
import ZeroTouchModel

@testable import ZeroTouchValidation

/// Kustomizations and files that nobody here can render or read: what is said of them, and what is followed all the same.
struct UnrenderedTests {
  private let remote = "https://raw.githubusercontent.com/example/crds/v1.0.0/all.yaml"
  private let lost = "source: {repoURL: https://github.com/a/own.git, path: apps/lost, targetRevision: main}"
  private let read = "source: {repoURL: https://github.com/a/own.git, path: parts/shop, targetRevision: main}"

  private func kustomization(_ body: String) -> String {
    "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n\(body)\n"
  }

  private func notes(_ files: [String: String]) async throws -> [String] {
    let repository = try CheckedRepository(files)
    defer { repository.remove() }
    return try await repository.survey().notes.map { "\($0.location.file): \($0.text)" }
  }

  @Test func `the Applications of a kustomization that is not rendered are followed`() async throws {
    let files = [
      "kustomization.yaml": kustomization("resources: [apps/a.yaml, apps/b.yaml, \(remote)]"),
      "apps/a.yaml": application("a", spec: lost), "apps/b.yaml": application("b", spec: read),
      "parts/shop/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop, namespace: b}\n",
    ]
    #expect(try await findings(files, .applicationNamesMissing) == ["ZT106 apps/a.yaml:9"])
    let said = try await notes(files)
    #expect(said.contains { $0.hasPrefix("kustomization.yaml: the kustomization `.` is not rendered") })
  }

  @Test func `so are those of one that an Application names`() async throws {
    let files = [
      "root.yaml": application(
        "root", spec: "source: {repoURL: https://github.com/a/own.git, path: apps, targetRevision: main}"),
      "apps/kustomization.yaml": kustomization("resources: [a.yaml, b.yaml]\nhelmCharts: [{name: shop}]"),
      "apps/a.yaml": application("a", spec: lost), "apps/b.yaml": application("b", spec: read),
      "parts/shop/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop, namespace: b}\n",
    ]
    #expect(try await findings(files, .applicationNamesMissing) == ["ZT106 apps/a.yaml:9"])
  }

  @Test func `a kustomization that is not rendered is told where no Application is behind it`() async throws {
    let said = try await notes(["k/kustomization.yaml": kustomization("resources: [\(remote)]")])
    #expect(said.count == 1 && said[0].contains("the kustomization `k` is not rendered"))
  }

  @Test func `a kustomization that runs a plugin is unknown and no fault`() async throws {
    let plugin = """
      apiVersion: viaduct.ai/v1
      kind: ksops
      metadata:
        name: secrets
        annotations: {config.kubernetes.io/function: "exec: {path: ksops}"}
      files: [./secret.enc.yaml]
      """
    let files = ["k/kustomization.yaml": kustomization("generators: [secrets.yaml]"), "k/secrets.yaml": plugin]
    #expect(try await findings(files, .kustomizationFails) == [])
    let said = try await notes(files)
    #expect(said.contains { $0.contains("it runs a plugin") })
  }

  @Test func `broken YAML with braces in it is found where an Application reads it, and told elsewhere`() async throws {
    let broken = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n   namespace: b\ndata: {a: \"{{ x }}\"}\n"
    var files = ["root.yaml": application("b", spec: read), "parts/shop/a.yaml": broken]
    #expect(try await findings(files, .unreadableYAML) == ["ZT101 parts/shop/a.yaml:5"])
    files = ["template/a.yaml": broken]
    #expect(try await findings(files, .unreadableYAML) == [])
    #expect(try await notes(files) == ["template/a.yaml: not read: another program fills in its placeholders"])
  }

  @Test func `whether somebody outside gives a Service an address is said to be unknown`() async throws {
    func files(_ type: String, _ more: [String: String] = [:]) -> [String: String] {
      [
        "apps/b.yaml": application("b", spec: read),
        "parts/shop/a.yaml":
          "apiVersion: v1\nkind: Service\nmetadata: {name: shop, namespace: b}\nspec:\n  type: \(type)\n",
      ].merging(more) { $1 }
    }
    let said = "whether something outside this tree gives `Service/b/shop` an address is unknown"
    #expect(try await notes(files("LoadBalancer")) == ["parts/shop/a.yaml: \(said)"])
    #expect(try await notes(files("ClusterIP")) == [])
    let pool = "apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: all, namespace: b}\n"
    #expect(try await notes(files("LoadBalancer", ["parts/shop/pool.yaml": pool])).allSatisfy { !$0.contains(said) })
  }
}
