import Testing

@testable import ZeroTouchValidation

/// Versions that stand in several places, and those of tools beside what they are used on.
struct RepeatedVersionRuleTests {
  private func chart(_ name: String, _ chart: String, _ version: String) -> String {
    application(
      name, spec: "source:\n  repoURL: https://charts.example.org\n  chart: \(chart)\n  targetRevision: \(version)")
  }

  private func machine(_ kubernetes: String, part: String = "kubelet", talos: String = "v1.13.9") -> String {
    let (section, name) = part == "kubelet" ? ("machine", "kubelet") : ("cluster", part)
    return """
      version: v1alpha1
      machine:
        install: {image: ghcr.io/siderolabs/installer:\(talos)}
      \(section == "machine" ? "" : "cluster:\n")\
        \(name): {image: "a/\(name):\(kubernetes)"}
      """
  }

  @Test(arguments: ["kubelet", "controllerManager", "scheduler", "apiServer"])
  func `every part of Kubernetes is held to the window of Talos`(_ part: String) async throws {
    let line = part == "kubelet" ? 4 : 5
    #expect(
      try await findings(["a.yaml": machine("v1.37.0", part: part)], .kubernetesOutsideWindow) == [
        "ZT604 a.yaml:\(line)"
      ])
    #expect(try await findings(["a.yaml": machine("v1.36.3", part: part)], .kubernetesOutsideWindow) == [])
    #expect(
      try await findings(["a.yaml": machine("v1.37.0", part: part, talos: "v1.14.0")], .kubernetesOutsideWindow) == [])
  }

  @Test func `a talconfig is held to it as well`() async throws {
    func files(_ version: String) -> [String: String] {
      ["talconfig.yaml": "clusterName: a\ntalosVersion: v1.13.9\nkubernetesVersion: \(version)\nnodes: []\n"]
    }
    #expect(try await findings(files("v1.38.0"), .kubernetesOutsideWindow) == ["ZT604 talconfig.yaml:3"])
    #expect(try await findings(files("v1.36.0"), .kubernetesOutsideWindow) == [])
  }

  @Test func `a chart that a cluster can have only once is found at two versions`() async throws {
    func files(_ version: String) -> [String: String] {
      ["a/one.yaml": chart("one", "cert-manager", "1.19.1"), "a/two.yaml": chart("two", "cert-manager", version)]
    }
    #expect(try await findings(files("1.18.0"), .chartAtTwoVersions) == ["ZT607 a/two.yaml:12"])
    #expect(try await findings(files("1.19.1"), .chartAtTwoVersions) == [])
    let many = ["a/one.yaml": chart("one", "redis", "1.0.0"), "a/two.yaml": chart("two", "redis", "2.0.0")]
    #expect(try await findings(many, .chartAtTwoVersions) == [], "as many as one likes")
  }

  @Test func `a script that installs another version than the Application is found`() async throws {
    func files(_ version: String) -> [String: String] {
      [
        "a/one.yaml": chart("cilium", "cilium", "1.19.6"),
        "up.sh": "#!/bin/sh\nhelm upgrade --install cilium cilium/cilium \\\n  --version \(version)\n",
      ]
    }
    #expect(try await findings(files("1.18.5"), .chartAtTwoVersions) == ["ZT607 up.sh:2"])
    #expect(try await findings(files("1.19.6"), .chartAtTwoVersions) == [])
    #expect(try await findings(files("\"$VERSION\""), .chartAtTwoVersions) == [])
  }

  @Test func `a part that nobody supports any more is found, one that is too new is not known yet`() async throws {
    func files(_ version: String) -> [String: String] { ["a.yaml": chart("crossplane", "crossplane", version)] }
    #expect(try await findings(files("1.16.0"), .versionsApart) == ["ZT605 a.yaml:12"])
    #expect(try await findings(files("2.3.4"), .versionsApart) == [])
    #expect(try await findings(files("9.0.0"), .versionsApart) == [])
    let secrets = ["a.yaml": chart("eso", "external-secrets", "0.9.13")]
    #expect(try await findings(secrets, .versionsApart) == ["ZT605 a.yaml:12"])
  }

  @Test func `tools and Flux that are not made for the machines are found`() async throws {
    func files(_ tools: String) -> [String: String] { ["a.yaml": machine("v1.35.4"), ".mise.toml": tools] }
    let talosctl = "[tools]\n\"aqua:siderolabs/talos\" = "
    #expect(try await findings(files("\(talosctl)\"1.11.2\"\n"), .versionsApart) == ["ZT605 .mise.toml:2"])
    #expect(try await findings(files("\(talosctl)\"1.13.2\"\n"), .versionsApart) == [])
    let kubectl = ["a.yaml": machine("v1.35.4"), ".tool-versions": "kubectl 1.30.1\n"]
    #expect(try await findings(kubectl, .versionsApart) == ["ZT605 .tool-versions:1"])
    func flux(_ kubernetes: String) -> [String: String] {
      [
        "m.yaml": machine(kubernetes),
        "flux.yaml":
          "apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata: {name: flux}\nspec:\n  distribution:\n"
          + "    version: 2.9.x\n",
      ]
    }
    #expect(try await findings(flux("v1.32.1"), .versionsApart) == ["ZT605 flux.yaml:6"])
    #expect(try await findings(flux("v1.33.1"), .versionsApart) == [])
  }

  @Test func `a bootstrap that renders another version than the Application is found`() async throws {
    func files(_ version: String, _ folder: String = "bootstrap/cilium") -> [String: String] {
      [
        "a/one.yaml": chart("cilium", "cilium", "1.19.6"),
        "\(folder)/kustomization.yaml": "helmCharts:\n  - name: cilium\n    version: \(version)\n",
      ]
    }
    #expect(try await findings(files("1.18.5"), .chartAtTwoVersions) == ["ZT607 bootstrap/cilium/kustomization.yaml:3"])
    #expect(try await findings(files("1.19.6"), .chartAtTwoVersions) == [])
    #expect(try await findings(files("1.18.5", "clusters/old"), .chartAtTwoVersions) == [], "another cluster's")
  }
}
