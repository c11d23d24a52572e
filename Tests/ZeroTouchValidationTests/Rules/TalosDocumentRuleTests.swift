import Testing

@testable import ZeroTouchValidation

/// Machine configurations of documents of their own, as Talos writes them from 1.12 and 1.14 on, and Cilium beside them.
struct TalosDocumentRuleTests {
  private static let machine = """
    version: v1alpha1
    machine:
      type: controlplane
    cluster: {}
    ---
    apiVersion: v1alpha1
    kind: KubeClusterConfig
    clusterName: main
    endpoint: https://10.0.0.1:6443
    ---
    apiVersion: v1alpha1
    kind: KubeProxyConfig
    enabled: false
    ---
    apiVersion: v1alpha1
    kind: KubeNodeConfig
    taints: {}
    ---
    apiVersion: v1alpha1
    kind: HostnameConfig
    auto: stable
    """

  private static let release = """
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata: {name: cilium}
    spec:
      chart:
        spec: {chart: cilium, version: 1.19.6, sourceRef: {kind: HelmRepository, name: cilium}}
      values:
        kubeProxyReplacement: true
        operator: {replicas: 1}
    """

  private func found(_ rule: Rule, _ old: String = "", _ new: String = "", more: [String: String] = [:]) async throws
    -> [String]
  {
    let text = old.isEmpty ? Self.machine : Self.machine.replacing(old, with: new)
    return try await findings(more.merging(["cp.yaml": text]) { $1 }, rule)
  }

  @Test func `a network and a proxy that no document names are off, and a release of Flux is a Cilium`() async throws {
    let flux = ["cilium.yaml": Self.release]
    #expect(try await found(.otherCNI, more: flux) == [])
    #expect(try await found(.kubeProxyLeftOn, more: flux) == [])
    let flannel =
      "---\napiVersion: v1alpha1\nkind: KubeFlannelCNIConfig\n---\napiVersion: v1alpha1\nkind: HostnameConfig"
    let host = "---\napiVersion: v1alpha1\nkind: HostnameConfig"
    #expect(try await found(.otherCNI, host, flannel, more: flux) == ["ZT201 cp.yaml:20"])
    #expect(try await found(.otherCNI, host, flannel) == [], "no Cilium")
    #expect(try await found(.kubeProxyLeftOn, "enabled: false", "enabled: true", more: flux) == ["ZT202 cp.yaml:13"])
    let other = ["cilium.yaml": Self.release.replacing("kubeProxyReplacement: true", with: "ipam: {mode: kubernetes}")]
    #expect(try await found(.kubeProxyLeftOn, "enabled: false", "enabled: true", more: other) == [])
  }

  @Test func `a Cilium that only Talos applies is one as well`() async throws {
    func machine(_ proxy: String) -> String {
      """
      version: v1alpha1
      machine: {type: controlplane}
      cluster:
        clusterName: main
        network: {cni: {name: flannel}}
      \(proxy)
        inlineManifests:
          - name: 10-cilium
            contents: |
              kind: ConfigMap
              data: {kube-proxy-replacement: "true"}
      """
    }
    #expect(
      try await findings(["a.yaml": machine("")], .otherCNI, .kubeProxyLeftOn) == ["ZT202 a.yaml:3", "ZT201 a.yaml:5"])
    #expect(try await findings(["a.yaml": machine("  proxy: {disabled: true}")], .kubeProxyLeftOn) == [])
  }

  @Test func `a kustomization that renders Cilium gives it values`() async throws {
    func files(_ key: String) -> [String: String] {
      [
        "cilium/kustomization.yaml": "helmCharts:\n  - {name: cilium, version: 1.19.6, valuesFile: values.yaml}\n",
        "cilium/values.yaml": "cgroup:\n  \(key): {enabled: false}\n",
      ]
    }
    #expect(try await findings(files("automount"), .valueUnknownToChart) == ["ZT231 cilium/values.yaml:2"])
    #expect(try await findings(files("autoMount"), .valueUnknownToChart) == [])
  }

  @Test(arguments: [
    ("kubeProxyReplacement: true", "kubeProxyReplacment: true", 8), ("{replicas: 1}", "{repicas: 1}", 9),
    ("{replicas: 1}", "{rolloutPods: true}", 9),
  ])
  func `a value that is spelled almost like one of the chart is found`(_ old: String, _ new: String, _ line: Int)
    async throws
  {
    let text = Self.release.replacing(old, with: new)
    #expect(try await findings(["a.yaml": text], .valueUnknownToChart) == ["ZT231 a.yaml:\(line)"])
    #expect(try await findings(["a.yaml": Self.release], .valueUnknownToChart) == [])
    let foreign = Self.release.replacing("operator:", with: "somethingElse: {operator: 1}\n    operator:")
    #expect(try await findings(["a.yaml": foreign], .valueUnknownToChart) == [], "no spelling of any")
  }

  @Test func `a lone machine whose documents taint it runs no pods`() async throws {
    let taint = "taints: {node-role.kubernetes.io/control-plane: NoSchedule}"
    #expect(try await found(.loneNodeCannotSchedule, "taints: {}", taint) == ["ZT213 cp.yaml:17"])
    #expect(try await found(.loneNodeCannotSchedule) == [])
  }

  @Test(arguments: [
    ("cluster: {}", "cluster: {clusterName: main}", 4), ("cluster: {}", "cluster: {proxy: {disabled: true}}", 4),
    ("cluster: {}", "cluster: {allowSchedulingOnControlPlanes: true}", 4),
    ("  type: controlplane", "  type: controlplane\n  features: {stableHostname: true}", 4),
    ("  type: controlplane", "  type: controlplane\n  nodeLabels: {a: b}", 4),
  ])
  func `a field beside the document that took its place is found`(_ old: String, _ new: String, _ line: Int)
    async throws
  {
    #expect(try await found(.oldBesideNew, old, new) == ["ZT207 cp.yaml:\(line)"])
    #expect(try await found(.oldBesideNew) == [])
  }

  @Test func `fields that Talos merges with their documents may stand in both`() async throws {
    let both = """
      machine:
        network: {interfaces: [{interface: eth0, dhcp: true}]}
        registries: {mirrors: {docker.io: {endpoints: [https://m]}}}
      cluster: {inlineManifests: [{name: a, contents: "a: 1"}]}
      ---
      {apiVersion: v1alpha1, kind: LinkConfig, name: eth1}
      ---
      {apiVersion: v1alpha1, kind: RegistryMirrorConfig, name: ghcr.io}
      ---
      {apiVersion: v1alpha1, kind: KubeInlineManifestConfig, name: b, manifest: "a: 1"}
      """
    #expect(try await findings(["a.yaml": both], .oldBesideNew) == [])
  }

  @Test func `disks of volumes, of the old list and of a talconfig are held to the same`() async throws {
    func volume(_ match: String) -> [String: String] {
      [
        "a.yaml":
          "apiVersion: v1alpha1\nkind: UserVolumeConfig\nname: a\nprovisioning:\n  diskSelector:\n    match: \(match)\n"
      ]
    }
    #expect(try await findings(volume("'disk.dev_path == \"/dev/sdb\"'"), .unstableDisk) == ["ZT210 a.yaml:6"])
    #expect(try await findings(volume("'disk.serial == \"S4\"'"), .unstableDisk) == [])
    func disks(_ name: String) -> [String: String] { ["a.yaml": "machine:\n  disks:\n    - device: \(name)\n"] }
    #expect(try await findings(disks("/dev/sdb"), .unstableDisk) == ["ZT210 a.yaml:3"])
    #expect(try await findings(disks("/dev/disk/by-id/ata-1"), .unstableDisk) == [])
    func talconfig(_ disk: String) -> [String: String] {
      [
        "talconfig.yaml":
          "clusterName: main\nnodes:\n  - hostname: a\n    ipAddress: 10.0.0.1\n    installDisk: \(disk)\n"
      ]
    }
    #expect(try await findings(talconfig("/dev/sda"), .unstableDisk) == ["ZT210 talconfig.yaml:5"])
    #expect(try await findings(talconfig("/dev/disk/by-id/ata-1"), .unstableDisk) == [])
  }

  @Test func `two clusters with one authority of Talos itself are found`() async throws {
    func machine(_ cluster: String, _ ca: String) -> String {
      "version: v1alpha1\nmachine:\n  type: worker\n  ca: {crt: \(ca)}\ncluster: {clusterName: \(cluster)}\n"
    }
    let same = ["a.yaml": machine("dev", "LS0tLS1C"), "b.yaml": machine("prod", "LS0tLS1C")]
    #expect(try await findings(same, .samePKI) == ["ZT206 b.yaml:4"])
    let apart = ["a.yaml": machine("dev", "LS0tLS1C"), "b.yaml": machine("prod", "LS0tLS1D")]
    #expect(try await findings(apart, .samePKI) == [])
  }

  @Test func `keys, documents and images that the release refuses are found`() async throws {
    func machine(_ more: String, talos: String = "v1.13.9", after: String = "") -> [String: String] {
      [
        "a.yaml":
          "version: v1alpha1\nmachine:\n  type: worker\n  install: {diskSelector: {serial: S4}, image: a/b:\(talos)}\n"
          + "  \(more)\ncluster: {}\n\(after)"
      ]
    }
    #expect(try await findings(machine("kublet: {}"), .machineRefused) == ["ZT219 a.yaml:5"])
    #expect(try await findings(machine("kubelet: {}"), .machineRefused) == [])
    #expect(try await findings(machine("newInSomeRelease: {}", talos: "v1.15.0"), .machineRefused) == [])
    let digest = "kubelet: {image: \"ghcr.io/siderolabs/kubelet@sha256:abc\"}"
    #expect(try await findings(machine(digest), .machineRefused) == ["ZT219 a.yaml:5"])
    let tagged = digest.replacing("kubelet@", with: "kubelet:v1.35.4@")
    #expect(try await findings(machine(tagged), .machineRefused) == [])
    let host = "---\napiVersion: v1alpha1\nkind: HostnameConfig\nhostname: a\n"
    #expect(
      try await findings(machine("time: {}", talos: "v1.11.6", after: host), .machineRefused) == ["ZT219 a.yaml:9"])
    #expect(try await findings(machine("time: {}", after: host), .machineRefused) == [])
  }
}
