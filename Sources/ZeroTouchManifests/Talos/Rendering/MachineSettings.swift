import ZeroTouchModel

/// What zerotouch sets on purpose in what `talosctl gen config` would make; docs/machine-configuration.md has the list.
struct MachineSettings {
  let spec: ClusterSpec
  let node: Node
  let contract: GenerationRequest.Contract
  let masqueradesByBPF: Bool
  /// When the machine was made anew; nil where it never was.
  var renewal: String?

  private var isControlPlane: Bool { node.role == .controlPlane }

  /// Writes the settings into a generated configuration.
  func apply(to configuration: inout MachineConfiguration) {
    guard var main = configuration.main else { return }
    setMachine(&main)
    setCluster(&main)
    let network = MachineNetwork(spec: spec, node: node)
    if !contract.hasOwnDocuments { network.setLegacy(&main) }
    configuration.main = main
    guard contract.hasOwnDocuments else { return }
    configuration.replace(
      ["apiVersion": "v1alpha1", "kind": "HostnameConfig", "auto": "off", "hostname": .string(node.name)])
    configuration.documents.append(
      ["apiVersion": "v1alpha1", "kind": "UserVolumeConfig", "name": "local-path", "volumeType": "directory"])
    configuration.documents += network.documents
  }

  private func setMachine(_ main: inout JSONValue) {
    main[path: "machine", "certSANs"] = .array(spec.certificateNames(of: node).map(JSONValue.string))
    main[path: "machine", "features", "kubePrism"] = ["enabled": true, "port": 7445]
    // The host's DNS answers on a link-local address, which masquerading by BPF cannot reach.
    main[path: "machine", "features", "hostDNS"] = ["enabled": true, "forwardKubeDNSToHost": .bool(!masqueradesByBPF)]
    setInstall(&main)
    main[path: "machine", "nodeLabels", "zerotouch.dev/stage"] = .string(spec.stage.rawValue)
    // Load balancers pass by a node with this label; with announced addresses any node may answer for the Gateway.
    if spec.network.gateway.mode == .l2 {
      main[path: "machine", "nodeLabels", "node.kubernetes.io/exclude-from-external-load-balancers"] = nil
    }
    for (key, value) in node.labels { main[path: "machine", "nodeLabels", key] = .string(value) }
    if let renewal { main[path: "machine", "nodeAnnotations", RenewalMark.annotation] = .string(renewal) }
    if let id = node.providerID { main[path: "machine", "kubelet", "extraArgs", "provider-id"] = .string(id) }
    if !node.taints.isEmpty { main[path: "machine", "nodeTaints"] = JSONValue(node.taints) }
    if !nodeSubnets.isEmpty { main[path: "machine", "kubelet", "nodeIP", "validSubnets"] = nodeSubnetList }
    guard !contract.hasOwnDocuments else { return }
    let volume: JSONValue = [
      "destination": "/var/mnt/local-path", "type": "bind", "source": "/var/mnt/local-path",
      "options": ["bind", "rshared", "rw"],
    ]
    main[path: "machine", "kubelet", "extraMounts"] = [volume]
  }

  private func setInstall(_ main: inout JSONValue) {
    guard let disk = node.disk else { return }
    if let path = disk.path {
      main[path: "machine", "install", "disk"] = .string(path)
      return
    }
    let selector = ["size": disk.size?.description, "model": disk.model, "serial": disk.serial, "wwid": disk.wwid]
    main[path: "machine", "install", "disk"] = nil
    main[path: "machine", "install", "diskSelector"] = JSONValue(selector.compactMapValues(\.self))
  }

  private func setCluster(_ main: inout JSONValue) {
    main[path: "cluster", "network", "cni"] = ["name": "none"]
    main[path: "cluster", "network", "podSubnets"] = [.string(spec.network.podCIDR.description)]
    main[path: "cluster", "network", "serviceSubnets"] = [.string(spec.network.serviceCIDR.description)]
    main[path: "cluster", "proxy", "disabled"] = true
    guard isControlPlane else { return }
    main[path: "cluster", "apiServer", "certSANs"] = .array(spec.certificateNames.map(JSONValue.string))
    main[path: "cluster", "allowSchedulingOnControlPlanes"] = .bool(spec.workers.isEmpty)
    if !nodeSubnets.isEmpty { main[path: "cluster", "etcd", "advertisedSubnets"] = nodeSubnetList }
  }

  /// The networks of the node's own traffic; a machine with one address needs none.
  private var nodeSubnets: [CIDRBlock] {
    if !spec.network.nodeSubnets.isEmpty { return spec.network.nodeSubnets }
    guard node.isMultiHomed else { return [] }
    return [CIDRBlock(base: node.address, prefixLength: node.address.bytes.count * 8)]
  }

  private var nodeSubnetList: JSONValue { .array(nodeSubnets.map { .string($0.description) }) }
}
