package import ZeroTouchModel

/// The strategic-merge patches that zerotouch adds to what `talosctl gen config` makes.
///
/// Sources: facts of Talos 1.12 and 1.13; `machine.certSANs` and `inlineManifests` append, so each is patched once.
package struct MachineConfigPatch: Sendable, Hashable {
  private let spec: ClusterSpec

  package init(for spec: ClusterSpec) { self.spec = spec }

  /// The patch of every machine.
  package var common: String {
    text(
      machine: ["certSANs": names, "features": features, "nodeLabels": labels],
      cluster: ["network": network, "proxy": ["disabled": true]])
      + Self.localPathVolume
  }

  /// The patch of control planes; `manifests` are applied by Talos itself, in this order.
  package func controlPlane(manifests: [(name: String, contents: String)]) -> String {
    let inline = manifests.map { JSONValue.object(["name": .string($0.name), "contents": .string($0.contents)]) }
    return text(
      machine: nil,
      cluster: [
        "allowSchedulingOnControlPlanes": .bool(spec.workers.isEmpty), "apiServer": ["certSANs": names],
        "inlineManifests": .array(inline),
      ])
  }

  /// The patch of one machine: its name, its disk.
  package func node(_ node: Node) -> String {
    var documents = Self.hostname(node.name)
    if let install = Self.install(node.disk) {
      documents = text(machine: ["install": install], cluster: nil) + documents
    }
    return documents
  }

  /// The names every certificate covers: the endpoint and all control planes.
  private var names: JSONValue { .array(spec.certificateNames.map(JSONValue.string)) }

  private var features: JSONValue {
    ["kubePrism": ["enabled": true, "port": 7445], "hostDNS": ["enabled": true, "forwardKubeDNSToHost": true]]
  }

  /// What is at stake, where `kubectl get nodes -L` and policies see it.
  private var labels: JSONValue { ["zerotouch.dev/stage": .string(spec.stage.rawValue)] }

  private var network: JSONValue {
    [
      "cni": ["name": "none"], "podSubnets": [.string(spec.network.podCIDR.description)],
      "serviceSubnets": [.string(spec.network.serviceCIDR.description)],
    ]
  }

  private static func install(_ disk: Node.DiskSelector?) -> JSONValue? {
    guard let disk else { return nil }
    if let path = disk.path { return ["disk": .string(path)] }
    let fields = ["serial": disk.serial, "model": disk.model, "wwid": disk.wwid].compactMapValues(\.self)
    // The generated configuration names a disk too; Talos prefers the selector.
    return ["diskSelector": JSONValue(fields)]
  }

  private func text(machine: JSONValue?, cluster: JSONValue?) -> String {
    var patch: JSONValue = [:]
    patch["machine"] = machine
    patch["cluster"] = cluster
    return YAMLWriter.text(of: patch)
  }

  private static func hostname(_ name: String) -> String {
    "---\n"
      + YAMLWriter.text(of: [
        "apiVersion": "v1alpha1", "kind": "HostnameConfig", "auto": "off", "hostname": .string(name),
      ])
  }

  /// A folder on the system disk for volumes of a single-disk machine; mounted at /var/mnt/local-path.
  private static let localPathVolume =
    "---\n"
    + YAMLWriter.text(of: [
      "apiVersion": "v1alpha1", "kind": "UserVolumeConfig", "name": "local-path", "volumeType": "directory",
    ])
}
