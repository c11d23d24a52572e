import Testing
import ZeroTouchManifests
import ZeroTouchModel

/// What every configuration has to say, and why.
struct MachineSettingsTests {
  private func main(_ change: (inout ClusterSpec) -> Void = { _ in }, worker: Bool = false) throws -> JSONValue {
    var spec = SampleCluster.demo()
    change(&spec)
    return try SampleCluster.main(spec.nodes[worker ? 1 : 0], of: spec)
  }

  @Test func `no CNI and no kube-proxy of Talos, because Cilium is both`() throws {
    for worker in [false, true] {
      let main = try main(worker: worker)
      #expect(main[path: "cluster", "network", "cni"] == ["name": "none"])
      #expect(main[path: "cluster", "proxy", "disabled"] == true)
    }
  }

  @Test func `KubePrism answers on 7445, where Cilium looks for the API before there is a Service`() throws {
    #expect(try main(worker: true)[path: "machine", "features", "kubePrism"] == ["enabled": true, "port": 7445])
  }

  @Test func `DNS is forwarded to the host exactly when Cilium does not masquerade by BPF`() throws {
    for masquerades in [true, false] {
      let main = try SampleCluster.main(
        SampleCluster.worker, of: SampleCluster.demo(), masqueradesByBPF: masquerades)
      #expect(
        main[path: "machine", "features", "hostDNS"]
          == ["enabled": true, "forwardKubeDNSToHost": .bool(!masquerades)])
    }
    #expect(try CiliumDatapath(values: "bpf: {masquerade: true}", file: "values.yaml").masqueradesByBPF)
    #expect(try !CiliumDatapath(values: "bpf: {}", file: "values.yaml").masqueradesByBPF)
  }

  @Test(arguments: [
    ("bpf: {}", "10.244.0.0/16", nil), ("bpf: {}", "fd00:10::/56", "values.yaml:1:1"),
    ("bpf: {}\nipv6:\n  enabled: true\n", "fd00:10::/56", nil),
    ("bpf: {}\nipv6:\n  enabled: false\n", "fd00:10::/56", "values.yaml:3:12"),
    ("ipv4: {enabled: false}\nipv6: {enabled: true}", "10.244.0.0/16", "values.yaml:1:17"),
  ])
  func `pods have addresses of a family that Cilium serves`(values: String, pods: String, place: String?) throws {
    var network = Network()
    network.podCIDR = try #require(CIDRBlock(pods))
    let problems = try CiliumDatapath(values: values, file: "values.yaml").problems(for: network)
    #expect(problems.map { "\($0.location?.description ?? "")" } == [place].compactMap(\.self))
  }

  @Test func `certificates cover the endpoint, every control plane, and the machine itself`() throws {
    let own = try main({ $0.endpoint.host = "api.example.org" })
    #expect(own[path: "cluster", "apiServer", "certSANs"] == ["api.example.org", "203.0.113.10"])
    let worker = try main({ $0.endpoint.host = "api.example.org" }, worker: true)
    #expect(worker[path: "machine", "certSANs"] == ["api.example.org", "203.0.113.10", "203.0.113.20"])
    #expect(worker[path: "cluster", "apiServer"] == nil)
  }

  @Test func `certificates cover the address that control planes share`() throws {
    let spec = SampleCluster.demo(nodes: SampleCluster.elaborate)
    #expect(spec.certificateNames == ["203.0.113.10", "10.0.0.100"])
  }

  @Test func `a new worker changes no other machine`() throws {
    let before = try main({ $0.nodes = Array($0.nodes.prefix(2)) })
    let after = try main({
      $0.nodes.append(Node(name: "worker02", role: .worker, address: IPAddress(203, 0, 113, 21)))
    })
    #expect(before == after)
  }

  @Test func `the disk is selected by what it is, and no device is named beside the selector`() throws {
    let install = try SampleCluster.main(
      SampleCluster.elaborate[0], of: SampleCluster.demo(nodes: SampleCluster.elaborate))[path: "machine", "install"]
    #expect(install?["disk"] == nil)
    #expect(
      install?["diskSelector"] == ["serial": "S4XXXX", "model": "SAMSUNG*", "wwid": "eui.01", "size": ">= 500GB"])
  }

  @Test func `a device is taken literally`() throws {
    let nodes = SampleCluster.elaborate
    let install = try SampleCluster.main(nodes[1], of: SampleCluster.demo(nodes: nodes))[path: "machine", "install"]
    #expect(install?["disk"] == "/dev/nvme0n1" && install?["diskSelector"] == nil)
  }

  @Test func `a disk that nothing stable names is warned about, with the line to write`() throws {
    var spec = SampleCluster.demo()
    let open = MachineConfigurationRenderer(for: spec).diskWarnings()
    #expect(open.map(\.severity) == [.warning])
    #expect(open[0].message.contains("on which disk `cp01`, `worker01` are installed"))
    #expect(open[0].message.contains("`/dev/sda`"))
    #expect(open[0].remedy.contains("`install: {disk: {serial: …}}`"))
    spec.nodes = SampleCluster.elaborate
    let named = MachineConfigurationRenderer(for: spec).diskWarnings()
    #expect(
      named.map(\.message) == [
        "`worker01` is installed on `/dev/nvme0n1`, whichever disk has that name when it boots"
      ])
    spec.nodes = (1...5).map {
      Node(name: "w\($0)", role: .worker, address: IPAddress(10, 0, 0, UInt8($0)))
    }
    #expect(
      MachineConfigurationRenderer(for: spec).diskWarnings().map(\.message)[0].contains(
        "`w1`, `w2`, `w3` and 2 more are installed"))
  }

  @Test func `a patch that selects the disk is as good as the spec`() throws {
    let spec = SampleCluster.demo()
    let texts = [
      "control-plane.yaml": "machine: {install: {diskSelector: {serial: S4}}}",
      "worker.yaml": "machine: {install: {disk: /dev/sdb}}",
    ]
    let patches = try MachinePatches.read(for: spec, RepositoryLayout(root: "/repo")) { path in
      texts[String(path.dropFirst("/repo/bootstrap/talos/".count))]
    }
    #expect(
      MachineConfigurationRenderer(for: spec, patches: patches).diskWarnings().map(\.message) == [
        "`worker01` is installed on `/dev/sdb`, whichever disk has that name when it boots"
      ])
  }

  @Test func `control planes carry pods only where there is no worker`() throws {
    #expect(try main()[path: "cluster", "allowSchedulingOnControlPlanes"] == false)
    #expect(try main({ $0.nodes.removeLast() })[path: "cluster", "allowSchedulingOnControlPlanes"] == true)
  }

  @Test func `labels and taints are the spec's, and the stage stands where policies see it`() throws {
    let spec = SampleCluster.demo(nodes: SampleCluster.elaborate)
    let machine = try SampleCluster.main(spec.nodes[0], of: spec)["machine"]
    #expect(machine?[path: "nodeLabels", "topology.kubernetes.io/zone"] == "fsn1")
    #expect(machine?[path: "nodeLabels", "zerotouch.dev/stage"] == "production")
    #expect(machine?["nodeTaints"] == ["dedicated": "gpu:NoSchedule"])
  }

  @Test func `a provider's id stands beside the arguments that a patch gives the kubelet`() throws {
    var spec = SampleCluster.demo()
    spec.nodes[1].providerID = "hrobot://321"
    let patch = try MachinePatch(
      text: "machine: {kubelet: {extraArgs: {v: \"4\"}}}", file: "p.yaml", scope: .role(.worker),
      contract: GenerationRequest.Contract(of: spec.versions.talos))
    let main = try SampleCluster.configuration(spec.nodes[1], of: spec, patches: MachinePatches([patch])).main
    #expect(main?[path: "machine", "kubelet", "extraArgs"] == ["provider-id": "hrobot://321", "v": "4"])
    #expect(try SampleCluster.main(spec.nodes[0], of: spec)[path: "machine", "kubelet", "extraArgs"] == nil)
  }

  @Test func `no node is passed by where Cilium announces the Gateway's address, even with a patch that says so too`()
    throws
  {
    let label = "node.kubernetes.io/exclude-from-external-load-balancers"
    let pool = try #require(AddressPool("192.168.1.224/28"))
    #expect(try main()[path: "machine", "nodeLabels", label] == "")
    #expect(try main({ $0.network.gateway = .l2(pool: pool) })[path: "machine", "nodeLabels"] == Self.stage)
    #expect(
      try main({ $0.network.gateway = .l2(pool: pool) }, worker: true)[path: "machine", "nodeLabels"] == Self.stage)
    var spec = SampleCluster.demo()
    spec.network.gateway = .l2(pool: pool)
    let patches = try MachinePatches.read(for: spec, RepositoryLayout(root: "/repo")) { path in
      path.hasSuffix("/control-plane.yaml") ? "machine: {nodeLabels: {\(label): {$patch: delete}}}" : nil
    }
    let patched = try MachineConfigurationRenderer(for: spec, patches: patches).configuration(
      of: spec.nodes[0], secrets: .placeholder, manifests: [])
    #expect(patched.main?[path: "machine", "nodeLabels"] == Self.stage)
  }

  private static let stage: JSONValue = ["zerotouch.dev/stage": "production"]

  @Test func `the values of a later file count before those of an earlier one`() throws {
    let values = [("bpf: {masquerade: true}\nipv6: {enabled: true}", "a.yaml"), ("bpf: {masquerade: false}", "b.yaml")]
    let datapath = try CiliumDatapath(values: values)
    #expect(!datapath.masqueradesByBPF)
    var network = Network()
    network.podCIDR = try #require(CIDRBlock("fd00:10::/56"))
    #expect(datapath.problems(for: network).isEmpty)
  }

  @Test func `kubelet and etcd of a machine on several networks use the one its address is in`() throws {
    let spec = SampleCluster.demo(nodes: SampleCluster.elaborate)
    let main = try SampleCluster.main(spec.nodes[0], of: spec)
    #expect(main[path: "machine", "kubelet", "nodeIP", "validSubnets"] == ["203.0.113.10/32"])
    #expect(main[path: "cluster", "etcd", "advertisedSubnets"] == ["203.0.113.10/32"])
    #expect(try SampleCluster.main(spec.nodes[1], of: spec)[path: "machine", "kubelet", "nodeIP"] == nil)
    let private24 = try self.main({ $0.network.nodeSubnets = [CIDRBlock("10.0.0.0/24")].compactMap(\.self) })
    #expect(private24[path: "machine", "kubelet", "nodeIP", "validSubnets"] == ["10.0.0.0/24"])
  }

  @Test func `addresses, routes, VLAN and shared address become documents of their own`() throws {
    let spec = SampleCluster.demo(nodes: SampleCluster.elaborate)
    let configuration = try SampleCluster.configuration(spec.nodes[0], of: spec)
    #expect(
      configuration.document("LinkAliasConfig")?[path: "selector", "match"]
        == "mac(link.permanent_addr) == \"a8:a1:59:0f:00:01\"")
    let link = configuration.document("LinkConfig")
    #expect(link?["name"] == "net0" && link?["addresses"] == [["address": "203.0.113.10/26"]])
    // The default route is the one without a destination.
    #expect(
      link?["routes"] == [["gateway": "203.0.113.1"], ["destination": "10.0.0.0/8", "gateway": "10.0.0.1"]])
    let vlan = configuration.document("VLANConfig")
    #expect(
      vlan?["name"] == "net0.4000" && vlan?["parent"] == "net0" && vlan?["vlanID"] == 4000 && vlan?["mtu"] == 1400)
    let shared = configuration.document("Layer2VIPConfig")
    #expect(shared?["name"] == "10.0.0.100" && shared?["link"] == "net0.4000")
  }

  @Test func `clocks come from where the spec says, because etcd waits for the right time`() throws {
    var spec = SampleCluster.demo()
    spec.network.timeServers = ["ntp1.hetzner.de"]
    let configuration = try SampleCluster.configuration(spec.nodes[1], of: spec)
    #expect(configuration.document("TimeSyncConfig")?[path: "ntp", "servers"] == ["ntp1.hetzner.de"])
    #expect(try SampleCluster.configuration(spec.nodes[1], of: SampleCluster.demo()).document("TimeSyncConfig") == nil)
  }

  @Test func `a folder on the system disk takes volumes, because nothing else of it can be written`() throws {
    #expect(
      try SampleCluster.configuration(SampleCluster.worker, of: SampleCluster.demo()).document("UserVolumeConfig")
        == ["apiVersion": "v1alpha1", "kind": "UserVolumeConfig", "name": "local-path", "volumeType": "directory"])
  }

  @Test func `the host name is the node's, in a document that switches the generated one off`() throws {
    let text = try MachineConfigurationRenderer(for: SampleCluster.demo())
      .text(of: SampleCluster.worker, secrets: .placeholder, manifests: [])
    #expect(text.contains("---\napiVersion: v1alpha1\nkind: HostnameConfig\nauto: \"off\"\nhostname: worker01\n"))
  }

  @Test func `images are of the spec's Kubernetes, which Talos reads from their tags`() throws {
    let main = try main()
    #expect(main[path: "machine", "kubelet", "image"] == "ghcr.io/siderolabs/kubelet:v1.35.4")
    #expect(main[path: "cluster", "apiServer", "image"] == "registry.k8s.io/kube-apiserver:v1.35.4")
    #expect(main[path: "machine", "install", "image"] == .string(TalosInstaller().image(of: SemanticVersion(1, 13, 9))))
  }

  @Test func `inline manifests stand on control planes only, the CRDs before Cilium, every byte as it was`() throws {
    let spec = SampleCluster.demo()
    let inline = try SampleCluster.configuration(spec.nodes[0], of: spec).inlineManifests
    #expect(inline.map(\.name) == ["00-gateway-api-crds", "10-cilium"])
    #expect(inline.map(\.contents) == ["kind: A\n", "# c\n\nkind: B\n"])
    #expect(try SampleCluster.configuration(spec.nodes[1], of: spec).inlineManifests.isEmpty)
  }

  @Test(arguments: [
    "data: |\n  -----BEGIN RSA PRIVATE KEY-----\n", "data: {ca.key: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQo=}",
    "data: {tls.key: LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCg==}",
  ])
  func `nothing inline contains a private key, because the API of every machine shows it`(contents: String) throws {
    let renderer = MachineConfigurationRenderer(for: SampleCluster.demo())
    let error = #expect(throws: InvalidInput.self) {
      try renderer.text(
        of: SampleCluster.controlPlane, secrets: .placeholder,
        manifests: [InlineManifest(name: "10-cilium", contents: contents)])
    }
    #expect(error?.description.contains("the inline manifest `10-cilium` contains a private key") == true)
    let certificate = InlineManifest(name: "a", contents: "ca.crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg==")
    #expect(certificate.problem == nil)
  }
}
