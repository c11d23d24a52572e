import Testing
import ZeroTouchManifests
import ZeroTouchModel

private func spec(workers: Int = 0) -> ClusterSpec {
  let nodes = (0..<workers).map {
    Node(name: "worker0\($0 + 1)", role: .worker, address: IPAddress(203, 0, 113, UInt8(20 + $0)))
  }
  return ClusterSpec(
    name: "demo", endpoint: Endpoint(host: "api.example.org"),
    nodes: [Node(name: "cp01", role: .controlPlane, address: IPAddress(203, 0, 113, 10))] + nodes,
    gitops: GitOps(repoURL: "https://github.com/you/platform.git"))
}

private func documents(_ text: String) throws -> [JSONValue] { try YAMLDocuments.parse(text, file: "patch.yaml") }

@Test func `every machine leaves the network to Cilium and finds the API through KubePrism`() throws {
  let patch = try documents(MachineConfigPatch(for: spec()).common)
  #expect(patch[0][path: "cluster", "network", "cni", "name"] == "none")
  #expect(patch[0][path: "cluster", "proxy", "disabled"] == true)
  #expect(patch[0][path: "machine", "features", "kubePrism"] == ["enabled": true, "port": 7445])
  #expect(
    patch[1] == ["apiVersion": "v1alpha1", "kind": "UserVolumeConfig", "name": "local-path", "volumeType": "directory"])
}

@Test func `every machine carries its stage as a label`() throws {
  var staging = spec()
  staging.stage = .staging
  let patch = try documents(MachineConfigPatch(for: staging).common)
  #expect(patch[0][path: "machine", "nodeLabels"] == ["zerotouch.dev/stage": "staging"])
}

@Test func `the same spec makes the same bytes`() {
  let patch = MachineConfigPatch(for: spec())
  #expect(
    patch.common == """
      cluster:
        network:
          cni:
            name: none
          podSubnets:
            - "10.244.0.0/16"
          serviceSubnets:
            - "10.96.0.0/12"
        proxy:
          disabled: true
      machine:
        certSANs:
          - api.example.org
          - "203.0.113.10"
        features:
          hostDNS:
            enabled: true
            forwardKubeDNSToHost: true
          kubePrism:
            enabled: true
            port: 7445
        nodeLabels:
          zerotouch.dev/stage: production
      ---
      apiVersion: v1alpha1
      kind: UserVolumeConfig
      name: local-path
      volumeType: directory

      """)
}

@Test func `certificates cover the endpoint and every control plane`() throws {
  let patch = try documents(MachineConfigPatch(for: spec()).common)
  #expect(patch[0][path: "machine", "certSANs"] == ["api.example.org", "203.0.113.10"])
}

@Test func `control planes carry pods only where there is no worker`() throws {
  let key = { (spec: ClusterSpec) in
    try documents(MachineConfigPatch(for: spec).controlPlane(manifests: []))[0][
      path: "cluster", "allowSchedulingOnControlPlanes"]
  }
  #expect(try key(spec()) == true)
  #expect(try key(spec(workers: 1)) == false)
}

@Test func `inline manifests keep their order and every byte`() throws {
  let patch = MachineConfigPatch(for: spec()).controlPlane(manifests: [
    ("00-crds", "kind: A\n"), ("10-cilium", "# c\n\nkind: B\n"),
  ])
  #expect(
    try documents(patch)[0][path: "cluster", "inlineManifests"] == [
      ["name": "00-crds", "contents": "kind: A\n"], ["name": "10-cilium", "contents": "# c\n\nkind: B\n"],
    ])
}

@Test func `a hostname switches the automatic one off, in quotes`() {
  let patch = MachineConfigPatch(for: spec()).node(spec().nodes[0])
  #expect(patch == "---\napiVersion: v1alpha1\nkind: HostnameConfig\nauto: \"off\"\nhostname: cp01\n")
}

@Test func `a disk is selected by what it is`() throws {
  var node = spec().nodes[0]
  node.disk = .init(serial: "S4XXXX")
  #expect(
    try documents(MachineConfigPatch(for: spec()).node(node))[0]
      == ["machine": ["install": ["diskSelector": ["serial": "S4XXXX"]]]])
}
