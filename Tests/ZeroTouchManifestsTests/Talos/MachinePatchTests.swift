import Testing
import ZeroTouchManifests
import ZeroTouchModel

struct MachinePatchTests {
  private let layout = RepositoryLayout(root: "/repo")

  private func patches(
    _ files: [String: String], spec: ClusterSpec = SampleCluster.demo()
  ) throws(InvalidInput) -> MachinePatches {
    try MachinePatches.read(for: spec, layout) { files[String($0.dropFirst("/repo/bootstrap/talos/".count))] }
  }

  /// What is said of one patch of the cluster.
  private func complaint(_ text: String, in file: String = "cluster.yaml", talos: SemanticVersion? = nil) -> String {
    var spec = SampleCluster.demo()
    if let talos { spec.versions.talos = talos }
    do throws(InvalidInput) {
      let renderer = MachineConfigurationRenderer(for: spec, patches: try patches([file: text], spec: spec))
      let problems = renderer.problems()
      return problems.map(\.description).joined(separator: "\n").replacing("/repo/bootstrap/talos/", with: "")
    } catch { return error.description.replacing("/repo/bootstrap/talos/", with: "") }
  }

  @Test func `patches of cluster, role and node are merged in this order, and keys of their own survive`() throws {
    let patches = try patches([
      "cluster.yaml": "machine: {sysctls: {a: cluster, b: cluster, c: cluster}}",
      "worker.yaml": "machine: {sysctls: {b: role, c: role}}",
      "control-plane.yaml": "machine: {sysctls: {a: other}}",
      "nodes/worker01.yaml":
        "machine: {sysctls: {c: node}}\n---\nkind: ZswapConfig\napiVersion: v1alpha1\nmaxPoolPercent: 20\n",
    ])
    let worker = try SampleCluster.configuration(SampleCluster.worker, of: SampleCluster.demo(), patches: patches)
    #expect(worker.machine["sysctls"] == ["a": "cluster", "b": "role", "c": "node"])
    #expect(worker.document("ZswapConfig")?["maxPoolPercent"] == 20)
    let control = try SampleCluster.configuration(
      SampleCluster.controlPlane, of: SampleCluster.demo(), patches: patches)
    #expect(control.machine[path: "sysctls", "a"] == "other")
  }

  @Test func `lists append, but those that Talos replaces are replaced`() throws {
    let patches = try patches([
      "cluster.yaml": """
      machine: {kubelet: {extraArgs: {feature-gates: [a]}}, certSANs: [one]}
      ---
      apiVersion: v1alpha1
      kind: NetworkRuleConfig
      name: own
      portSelector: {ports: [80]}
      ingress: [{subnet: 10.0.0.0/8}]
      """,
      "worker.yaml": """
      machine: {kubelet: {extraArgs: {feature-gates: [b]}}, certSANs: [two]}
      ---
      apiVersion: v1alpha1
      kind: NetworkRuleConfig
      name: own
      portSelector: {ports: [443]}
      ingress: [{subnet: 172.16.0.0/12}]
      """,
    ])
    let worker = try SampleCluster.configuration(SampleCluster.worker, of: SampleCluster.demo(), patches: patches)
    #expect(worker.machine[path: "kubelet", "extraArgs", "feature-gates"] == ["b"])
    #expect(worker.certSANs.suffix(2) == ["one", "two"])
    let rule = worker.document("NetworkRuleConfig")
    #expect(rule?[path: "portSelector", "ports"] == [443] && rule?["ingress"] == [["subnet": "172.16.0.0/12"]])
  }

  @Test func `a patch that the spec names is read after the node's own, and has to exist`() throws {
    var spec = SampleCluster.demo()
    spec.nodes[1].patches = ["bootstrap/talos/extra.yaml"]
    let named = try patches(
      ["nodes/worker01.yaml": "machine: {sysctls: {a: own}}", "extra.yaml": "machine: {sysctls: {a: extra}}"],
      spec: spec)
    #expect(
      try SampleCluster.configuration(spec.nodes[1], of: spec, patches: named).machine[path: "sysctls", "a"] == "extra")
    let error = #expect(throws: InvalidInput.self) { try patches([:], spec: spec) }
    #expect(error?.description.contains("the patch that zerotouch.yaml names for `worker01` does not exist") == true)
  }

  @Test(arguments: [
    ("machine: [", "cluster.yaml:2:1: error: the file is not YAML"),
    (
      "- {op: replace, path: /machine/type, value: worker}",
      "cluster.yaml:1:3: error: the patch has the form of RFC 6902"
    ),
    ("op: add\npath: /machine\nvalue: 1", "form of RFC 6902"),
    (
      "machine:\n  kublet: {}\n", "cluster.yaml:2:3: error: Talos knows no key `kublet` here\n  did you mean `kubelet`?"
    ),
    (
      "machine:\n  network:\n    interfaces:\n      - {interfce: eth0}\n",
      "cluster.yaml:4:10: error: Talos knows no key `interfce`"
    ),
    ("apiVersion: v1alpha1\nkind: HostNameConfig\n", "did you mean `HostnameConfig`?"),
    ("machine: {certSANs: one}", "`certSANs` holds a string where a list belongs"),
    ("machine: {sysctls: {$patch: remove}}\ncluster: {$patch: replace}", "`$patch` can only be `delete`"),
  ])
  func `a patch that is none is named with its line and what to write`(text: String, says: String) {
    #expect(complaint(text).contains(says), "\(complaint(text))")
  }

  @Test(arguments: [
    (
      "cluster:\n  network:\n    cni: {name: flannel}\n",
      "cluster.yaml:3:5: error: the patch changes `cluster.network.cni`: Cilium is the network"
    ),
    (
      "cluster:\n  proxy: {disabled: false}\n",
      "cluster.yaml:2:11: error: the patch changes `cluster.proxy.disabled`: Cilium replaces kube-proxy"
    ),
    ("machine: {features: {kubePrism: {port: 7446}}}", "KubePrism on port 7445"),
    ("machine: {features: {hostDNS: {forwardKubeDNSToHost: false}}}", "exactly when Cilium masquerades by BPF"),
    ("machine: {type: worker}", "the node's role decides it"),
    ("machine: {token: abc}", "the PKI comes out of the secrets bundle"),
    ("cluster: {ca: {key: abc}}", "the PKI comes out of the secrets bundle"),
    ("cluster: {controlPlane: {endpoint: 'https://other:6443'}}", "change `spec.endpoint`"),
    ("cluster: {network: {podSubnets: [10.1.0.0/16]}}", "change `spec.network.podCIDR`"),
    ("machine: {network: {hostname: other}}", "the name of the Node is the name of the machine"),
    (
      "apiVersion: v1alpha1\nkind: HostnameConfig\nhostname: other\n",
      "cluster.yaml:3:1: error: the patch changes `HostnameConfig.hostname`"
    ),
    ("apiVersion: v1alpha1\nkind: HostnameConfig\n$patch: delete\n", "the patch changes `HostnameConfig.hostname`"),
    (
      "machine:\n  certSANs: {$patch: delete}\n",
      "cluster.yaml:2:3: error: after the patch no certificate of `machine.certSANs` covers `203.0.113.10`"
    ),
    ("machine: {kubelet: {image: 'mirror/kubelet:v1.33.0'}}", "is not of Kubernetes 1.35.4"),
    ("machine: {kubelet: {image: 'mirror/kubelet@sha256:00'}}", "is not of Kubernetes 1.35.4"),
    ("persist: false", "gone with the next boot"),
    (
      "machine: {time: {servers: [a]}}\n---\napiVersion: v1alpha1\nkind: TimeSyncConfig\nntp: {servers: [a]}\n",
      "`machine.time.servers` stands beside a `TimeSyncConfig`"
    ),
    (
      "machine: {features: {stableHostname: true}}",
      "`machine.features.stableHostname` stands beside a `HostnameConfig`"
    ),
    (
      "machine: {network: {searchDomains: [a]}}\n---\napiVersion: v1alpha1\nkind: ResolverConfig\nnameservers: [{address: 9.9.9.9}]\n",
      "`machine.network.searchDomains` stands beside a `ResolverConfig`"
    ),
    (
      "machine: {network: {kubespan: {enabled: true}}}\n---\napiVersion: v1alpha1\nkind: KubeSpanConfig\nenabled: true\n",
      "`machine.network.kubespan` stands beside a `KubeSpanConfig`"
    ),
    (
      "machine: {systemDiskEncryption: {state: {provider: luks2, keys: [{slot: 0, nodeID: {}}]}}}\n---\napiVersion: v1alpha1\nkind: VolumeConfig\nname: STATE\nencryption: {provider: luks2, keys: [{slot: 0, nodeID: {}}]}\n",
      "`machine.systemDiskEncryption.state` stands beside a `VolumeConfig`"
    ),
  ])
  func `a patch that contradicts what is relied on is refused with the reason`(text: String, says: String) {
    #expect(complaint(text).contains(says), "\(complaint(text))")
  }

  @Test func `an image from a mirror, more names and another manifest are nobody's business but the user's`() {
    #expect(complaint("machine: {kubelet: {image: 'mirror/kubelet:v1.35.4'}, certSANs: [a.example.org]}") == "")
    #expect(complaint("cluster: {inlineManifests: [{name: own, contents: 'kind: A'}]}", in: "control-plane.yaml") == "")
    let volume = "apiVersion: v1alpha1\nkind: VolumeConfig\nname: EPHEMERAL\nencryption: {provider: luks2}\n"
    #expect(complaint("machine: {systemDiskEncryption: {state: {provider: luks2}}}\n---\n\(volume)") == "")
    #expect(complaint("machine: {features: {stableHostname: false}}") == "")
    #expect(complaint("cluster: {coreDNS: {disabled: true}}\nmachine: {install: {wipe: true}}") == "")
  }

  @Test(arguments: [
    ("nodes/cp01.yaml", "own", "kind: A", "differ from the other control planes'"),
    ("worker.yaml", "own", "kind: A", "of control planes only"),
    ("control-plane.yaml", "own", "-----BEGIN PRIVATE KEY-----", "contains a private key"),
  ])
  func `an inline manifest is the same on every control plane, and nowhere else`(
    file: String, name: String, contents: String, says: String
  ) {
    let text = "cluster: {inlineManifests: [{name: \(name), contents: '\(contents)'}]}"
    #expect(complaint(text, in: file).contains(says), "\(complaint(text, in: file))")
  }

  @Test func `Cilium's inline manifest cannot be replaced by a patch`() throws {
    let text = "cluster: {inlineManifests: [{name: 10-cilium, $patch: delete}]}"
    let patches = try patches(["control-plane.yaml": text])
    let error = #expect(throws: InvalidInput.self) {
      try SampleCluster.configuration(SampleCluster.controlPlane, of: SampleCluster.demo(), patches: patches)
    }
    #expect(error?.description.contains("changes the inline manifests of the Gateway API and Cilium") == true)
  }

  @Test func `a document of a later Talos is refused for the one of the spec`() {
    let text = "apiVersion: v1alpha1\nkind: LinkConfig\nname: eth0\n"
    #expect(
      complaint(text, talos: SemanticVersion(1, 11, 6)).contains("Talos 1.11 knows no document of kind `LinkConfig`"))
    #expect(complaint(text) == "")
  }

  @Test func `the same mistake of a hundred machines is told once`() throws {
    let nodes = (0..<100).map { Node(name: "worker\($0)", role: .worker, address: IPAddress(10, 0, 1, UInt8($0))) }
    let spec = SampleCluster.demo(nodes: [SampleCluster.controlPlane] + nodes)
    let patches = try patches(["cluster.yaml": "cluster: {proxy: {disabled: false}}"], spec: spec)
    #expect(MachineConfigurationRenderer(for: spec, patches: patches).problems().count == 1)
  }
}
