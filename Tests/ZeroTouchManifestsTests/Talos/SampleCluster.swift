import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// Clusters whose machines are rendered, and the recordings of the real talosctl they are held against.
enum SampleCluster {
  static let talos = [SemanticVersion(1, 11, 6), SemanticVersion(1, 12, 11), SemanticVersion(1, 13, 9)]

  /// The cluster that the recordings were made for.
  static func demo(_ talos: SemanticVersion = SemanticVersion(1, 13, 9), nodes: [Node]? = nil) -> ClusterSpec {
    var versions = VersionSet.default
    versions.talos = talos
    if talos.minor == 11 { versions.kubernetes = SemanticVersion(1, 34, 1) }
    return ClusterSpec(
      name: "demo", endpoint: Endpoint(host: "203.0.113.10"),
      nodes: nodes ?? [controlPlane, worker], versions: versions,
      gitops: GitOps(repoURL: "https://github.com/you/platform.git"))
  }

  static let controlPlane = Node(name: "cp01", role: .controlPlane, address: IPAddress(203, 0, 113, 10))
  static let worker = Node(name: "worker01", role: .worker, address: IPAddress(203, 0, 113, 20))

  static let manifests = [
    InlineManifest(name: "00-gateway-api-crds", contents: "kind: A\n"),
    InlineManifest(name: "10-cilium", contents: "# c\n\nkind: B\n"),
  ]

  /// The main document of a machine, as rendered.
  static func main(_ node: Node, of spec: ClusterSpec, masqueradesByBPF: Bool = false) throws -> JSONValue {
    try MachineConfigurationRenderer(for: spec, masqueradesByBPF: masqueradesByBPF)
      .configuration(of: node, secrets: .placeholder, manifests: manifests).main ?? .null
  }

  static func configuration(
    _ node: Node, of spec: ClusterSpec, patches: MachinePatches = MachinePatches()
  ) throws -> MachineConfiguration {
    try MachineConfigurationRenderer(for: spec, patches: patches)
      .configuration(of: node, secrets: .placeholder, manifests: manifests)
  }

  /// Machines with everything that a spec can ask for.
  static var elaborate: [Node] {
    let vlan = NetworkInterface.VLAN(
      id: 4000,
      .init(
        addresses: [.init(IPAddress(10, 0, 0, 2), prefixLength: 24)], mtu: 1400, vip: IPAddress(10, 0, 0, 100)))
    var first = controlPlane
    first.disk = .init(serial: "S4XXXX", model: "SAMSUNG*", wwid: "eui.01", size: DiskSize(">= 500GB"))
    first.labels = ["topology.kubernetes.io/zone": "fsn1"]
    first.taints = ["dedicated": "gpu:NoSchedule"]
    first.interfaces = [
      NetworkInterface(
        .mac("a8:a1:59:0f:00:01"),
        .init(
          addresses: [.init(IPAddress(203, 0, 113, 10), prefixLength: 26)],
          routes: [
            .init(via: IPAddress(203, 0, 113, 1)),
            .init(to: CIDRBlock(base: IPAddress(10, 0, 0, 0), prefixLength: 8), via: IPAddress(10, 0, 0, 1)),
          ]), vlans: [vlan]),
      NetworkInterface(.name("enp2s0"), .init(dhcp: true)),
    ]
    var second = worker
    second.disk = .init(path: "/dev/nvme0n1")
    return [first, second]
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../../shared/data/talos").standardizedFileURL.path
  static var hasRecordings: Bool { FileManager.default.fileExists(atPath: folder) }

  static func recorded(_ path: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
  }
}
