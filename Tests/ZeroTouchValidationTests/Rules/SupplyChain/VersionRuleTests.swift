import Testing

@testable import ZeroTouchValidation

struct VersionRuleTests {
  private func chart(_ name: String, _ version: String, from repo: String = "https://charts.example.org") -> String {
    application(name, spec: "source:\n  repoURL: \(repo)\n  chart: \(name)\n  targetRevision: \(version)")
  }

  @Test func `an API server outside of the window of Talos is found`() async throws {
    func machine(_ talos: String) -> String {
      """
      version: v1alpha1
      machine:
        install:
          image: factory.talos.dev/metal-installer/abc:\(talos)
      cluster:
        apiServer:
          image: registry.k8s.io/kube-apiserver:v1.36.3
      """
    }
    #expect(try await findings(["a.yaml": machine("v1.12.11")], .kubernetesOutsideWindow) == ["ZT604 a.yaml:7"])
    #expect(try await findings(["a.yaml": machine("v1.13.9")], .kubernetesOutsideWindow) == [])
  }

  @Test func `a Gateway API that Cilium is not made for is found`() async throws {
    func files(_ version: String, cilium: String = "1.19.6") -> [String: String] {
      let source =
        "source:\n  repoURL: https://github.com/kubernetes-sigs/gateway-api\n  path: config/crd\n  targetRevision: \(version)"
      return [
        "a/cilium.yaml": chart("cilium", cilium, from: "https://helm.cilium.io"),
        "a/gateway.yaml": application("gateway", spec: source),
      ]
    }
    #expect(
      try await findings(files("v1.4.1", cilium: "1.18.5"), .versionsApart) == ["ZT605 a/gateway.yaml:12"])
    #expect(try await findings(files("v1.5.1"), .versionsApart) == [], "ZT234 tells of pairs that crash")
    #expect(try await findings(files("v1.4.1"), .versionsApart) == [])
  }

  @Test func `an address that its owners have left is found`() async throws {
    let old = ["a.yaml": chart("redis", "1.2.3", from: "https://charts.helm.sh/stable")]
    #expect(try await findings(old, .oldChartRepository) == ["ZT606 a.yaml:10"])
    let moved = ["a.yaml": chart("loki", "6.2.3", from: "https://grafana.github.io/helm-charts")]
    #expect(try await findings(moved, .oldChartRepository) == ["ZT606 a.yaml:10"])
    let still = ["a.yaml": chart("tempo", "1.2.3", from: "https://grafana.github.io/helm-charts")]
    #expect(try await findings(still, .oldChartRepository) == [])
    let pod =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - image: k8s.gcr.io/pause:3.9\n"
    #expect(try await findings(["a.yaml": pod], .oldChartRepository) == ["ZT606 a.yaml:6"])
    let right = pod.replacing("k8s.gcr.io", with: "registry.k8s.io")
    #expect(try await findings(["a.yaml": right], .oldChartRepository) == [])
  }

  @Test func `a chart that is not at the version of its definitions is found`() async throws {
    func files(_ version: String) -> [String: String] {
      ["a/one.yaml": chart("kagent-crds", "0.9.12"), "a/two.yaml": chart("kagent", version)]
    }
    #expect(try await findings(files("0.9.10"), .chartAtTwoVersions) == ["ZT607 a/two.yaml:12"])
    #expect(try await findings(files("0.9.12"), .chartAtTwoVersions) == [])
  }

  @Test func `a pin that differs from the lock is found in our own repository`() async throws {
    let ours = try CheckedRepository.ours()
    defer { ours.remove() }
    #expect(try await ours.findings(.lockDisagrees) == [])
    try ours.replace("  cilium: 1.19.6", with: "  cilium: 1.19.5", in: "bootstrap/argocd/versions.yaml")
    let found = try await ours.findings(.lockDisagrees)
    #expect(found.count == 1 && found.first?.hasPrefix("ZT608 bootstrap/argocd/versions.yaml:") == true, "\(found)")
  }

  @Test func `our own repository breaks no rule of files, versions and phases`() async throws {
    let ours = try CheckedRepository.ours()
    defer { ours.remove() }
    let rules = [RuleFamily.repository, .supplyChain, .flux].flatMap(\.rules)
    let found = try await ours.report(rules).open
    #expect(found.map { "\($0.rule) \($0.location) \($0.what)" } == [])
  }
}
