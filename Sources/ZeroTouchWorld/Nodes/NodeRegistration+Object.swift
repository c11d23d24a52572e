import ZeroTouchModel

extension NodeRegistration {
  /// The Node object as it stands right after registration: nothing works on it yet.
  func node(podCIDR: CIDRBlock, timestamp: String) -> JSONValue {
    let cidr = JSONValue.string(podCIDR.description)
    return [
      "apiVersion": "v1", "kind": "Node",
      "metadata": [
        "name": .string(name), "labels": JSONValue(allLabels),
        "annotations": JSONValue(
          annotations.merging(["node.alpha.kubernetes.io/ttl": "0"]) { own, _ in own }),
      ],
      "spec": ["podCIDR": cidr, "podCIDRs": [cidr], "taints": .array(allTaints.map(\.json))],
      "status": [
        "addresses": [
          ["type": "InternalIP", "address": .string(address)], ["type": "Hostname", "address": .string(name)],
        ],
        "allocatable": resources(reservedCPU: 50, reservedMemory: 600), "capacity": resources(),
        "conditions": .array(NodeConditions.initial(timestamp: timestamp)),
        "daemonEndpoints": ["kubeletEndpoint": ["Port": 10250]], "nodeInfo": nodeInfo,
      ],
    ]
  }

  private var allLabels: [String: String] {
    var own = [
      "beta.kubernetes.io/arch": "amd64", "beta.kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
      "kubernetes.io/hostname": name, "kubernetes.io/os": "linux",
    ]
    if role == .controlPlane {
      own["node-role.kubernetes.io/control-plane"] = ""
      own["node.kubernetes.io/exclude-from-external-load-balancers"] = ""
    }
    return own.merging(labels) { $1 }
  }

  private var allTaints: [Taint] {
    let byRole = role == .controlPlane ? [Taint(Taint.controlPlane, .noSchedule)] : []
    let condition = [Taint(Taint.notReady, .noSchedule), Taint(Taint.notReady, .noExecute)]
    return (byRole + taints.filter { !byRole.contains($0) } + condition)
  }

  private func resources(reservedCPU: Int = 0, reservedMemory: Int = 0) -> JSONValue {
    [
      "cpu": .string(reservedCPU == 0 ? "\(cpu)" : "\(cpu * 1000 - reservedCPU)m"),
      "ephemeral-storage": "488281250Ki", "hugepages-1Gi": "0", "hugepages-2Mi": "0",
      "memory": .string("\((memoryGiB * 1024 - reservedMemory) * 1024)Ki"), "pods": "110",
    ]
  }

  private var nodeInfo: JSONValue {
    let identity = "5e7d" + String(NameSource.fnv1a(name), radix: 16)
    return [
      "architecture": "amd64", "bootID": .string(identity), "containerRuntimeVersion": "containerd://2.1.5",
      "kernelVersion": "6.18.5-talos", "kubeProxyVersion": "", "kubeletVersion": .string("v\(kubernetesVersion)"),
      "machineID": .string(identity), "operatingSystem": "linux", "osImage": .string(osImage),
      "systemUUID": .string(identity),
    ]
  }
}
