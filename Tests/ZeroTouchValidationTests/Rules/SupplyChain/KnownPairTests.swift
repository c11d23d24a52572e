import Testing

@testable import ZeroTouchValidation

/// Sets that are known not to go together.
struct KnownPairTests {
  @Test func `an installer that Talos does not publish any more is found`() async throws {
    func machine(_ image: String) -> [String: String] {
      ["a.yaml": "version: v1alpha1\nmachine:\n  install:\n    image: \(image)\ncluster: {}\n"]
    }
    #expect(
      try await findings(machine("ghcr.io/siderolabs/installer:v1.14.0"), .oldChartRepository) == ["ZT606 a.yaml:4"])
    #expect(try await findings(machine("ghcr.io/siderolabs/installer:v1.13.9"), .oldChartRepository) == [])
    #expect(
      try await findings(machine("factory.talos.dev/metal-installer/abc:v1.14.0"), .oldChartRepository) == [])
  }

  @Test func `an Argo CD 2 is found, by its chart and by its manifests`() async throws {
    func chart(_ version: String) -> [String: String] {
      let source =
        "source: {repoURL: https://argoproj.github.io/argo-helm, chart: argo-cd, targetRevision: \(version)}"
      return ["a.yaml": application("argocd", spec: source)]
    }
    #expect(try await findings(chart("7.0.0"), .versionsApart) == ["ZT605 a.yaml:9"])
    #expect(try await findings(chart("10.1.1"), .versionsApart) == [])
    func manifests(_ address: String) -> [String: String] {
      let source = "source: {repoURL: https://github.com/a/own.git, path: argo, targetRevision: main}"
      return [
        "a.yaml": application("argocd", spec: source), "argo/kustomization.yaml": "resources:\n  - \(address)\n",
      ]
    }
    let base = "https://raw.githubusercontent.com/argoproj/argo-cd"
    #expect(
      try await findings(manifests("\(base)/v2.10.0/manifests/install.yaml"), .versionsApart)
        == ["ZT605 argo/kustomization.yaml:2"])
    #expect(try await findings(manifests("\(base)/v3.4.7/manifests/install.yaml"), .versionsApart) == [])
    #expect(
      try await findings(manifests("github.com/argoproj/argo-cd//manifests/cluster-install?ref=v2.9.1"), .versionsApart)
        == ["ZT605 argo/kustomization.yaml:2"])
  }

  @Test func `a package of no registry is found under Crossplane 2`() async throws {
    func found(_ package: String, _ version: String) async throws -> [String] {
      let source =
        "source: {repoURL: https://charts.crossplane.io/stable, chart: crossplane, targetRevision: \(version)}"
      let own = "source: {repoURL: https://github.com/a/own.git, path: fn, targetRevision: main}"
      return try await findings(
        [
          "a/crossplane.yaml": application("crossplane", spec: source), "a/fn.yaml": application("fn", spec: own),
          "fn/a.yaml":
            "apiVersion: pkg.crossplane.io/v1\nkind: Function\nmetadata: {name: a}\nspec:\n  package: \(package)\n",
        ], .resourcesMode)
    }
    let name = "crossplane-contrib/function-auto-ready:v0.6.0"
    #expect(try await found(name, "2.3.4") == ["ZT518 fn/a.yaml:5"])
    #expect(try await found("xpkg.crossplane.io/\(name)", "2.3.4") == [])
    #expect(try await found(name, "1.20.11") == [])
  }

  @Test func `a machine with a name and a name to be made up is refused`() async throws {
    func found(_ auto: String) async throws -> [String] {
      let text =
        "machine: {sysctls: {a: \"1\"}}\n---\napiVersion: v1alpha1\nkind: HostnameConfig\nauto: \(auto)\nhostname: x\n"
      return try await findings(["a.yaml": text], .machineRefused)
    }
    #expect(try await found("stable") == ["ZT219 a.yaml:5"])
    #expect(try await found("\"off\"") == [])
    #expect(try await found("off") == [])
  }

  @Test func `a network of one's own that is Cilium is no second one`() async throws {
    func found(_ address: String) async throws -> [String] {
      let machine =
        "version: v1alpha1\nmachine: {type: controlplane}\ncluster:\n  network:\n    cni:\n      name: custom\n"
        + "      urls: [\(address)]\n  proxy: {disabled: true}\n"
      let source = "source: {repoURL: https://helm.cilium.io, chart: cilium, targetRevision: 1.19.6}"
      let daemon = "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: cilium}\n"
      return try await findings(
        ["cp.yaml": machine, "a.yaml": application("cilium", spec: source), "talos/network.yaml": daemon], .otherCNI)
    }
    #expect(try await found("https://raw.githubusercontent.com/x/k8s/v1.0.0/talos/cilium.yaml") == [])
    #expect(try await found("https://raw.githubusercontent.com/x/k8s/v1.0.0/talos/network.yaml") == [])
    #expect(try await found("https://docs.projectcalico.org/manifests/calico.yaml") == ["ZT201 cp.yaml:6"])
  }
}
