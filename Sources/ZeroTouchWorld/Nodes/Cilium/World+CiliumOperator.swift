import ZeroTouchModel

extension World {
  /// Lets the first running operator lead; a new leader registers what is missing.
  mutating func electOperator() {
    let running = index.pods.values.filter {
      $0.labels["io.cilium/app"] == "operator" && $0.phase == .running && $0.isActive && $0.node != nil
        && operatorRuns(in: $0)
    }
    if let leader = cilium.leader, running.contains(where: { $0.uid == leader }) { return }
    cilium.leader = nil
    cilium.log = []
    guard let leader = running.min(by: { ($0.order, $0.key) < ($1.order, $1.key) }) else { return }
    cilium.leader = leader.uid
    cilium.log = ["level=info msg=\"Leading the operator HA deployment\" subsys=cilium-operator-generic"]
    for definition in CiliumDefinitions.all {
      if case .failure(let failure) = apply(definition.manifest, manager: "cilium-operator-generic") {
        cilium.log.append(
          "level=error msg=\"Unable to create CRD\" name=\(definition.name) error=\"\(failure.message)\"")
      }
    }
  }

  /// Whether the process of an operator pod is up, and not about to end.
  private func operatorRuns(in pod: PodRecord) -> Bool {
    guard let process = cilium.processes[pod.uid], process.failure == nil else { return false }
    return kubelets.work[pod.uid]?[Self.operatorContainer]?.isRunning ?? true
  }

  private static let operatorContainer = "cilium-operator"

  /// The operator looks for the Gateway API once; what comes later is seen only by a process started later.
  mutating func noteOperatorStart(_ container: ContainerWork, _ pod: PodContext) {
    guard container.name == Self.operatorContainer else { return }
    let known = Set(index.pods.values.lazy.filter { $0.labels["io.cilium/app"] == "operator" }.map(\.uid))
    cilium.processes = cilium.processes.filter { known.contains($0.key) }
    cilium.processes[pod.uid] = OperatorProcess(
      gateways: gatewaySupport(image: container.image, namespace: pod.key.namespace))
  }

  /// The last words of an operator that cannot run.
  func operatorFailure(of container: ContainerWork, _ pod: PodContext) -> String? {
    container.name == Self.operatorContainer ? cilium.processes[pod.uid]?.failure : nil
  }

  func ciliumConfig(_ namespace: String = "kube-system") -> [String: String] {
    objects[ObjectKey(.configMaps, namespace, "cilium-config")]?["data"]?.stringMap ?? [:]
  }

  /// Writes the CiliumNode of an agent that runs.
  mutating func registerCiliumNode(of key: ObjectKey) {
    guard let pod = index.pods[key], pod.isReady, NetworkPlugin(pod) == .cilium, let name = pod.node,
      let node = index.nodes[name], objects[ObjectKey(.customResourceDefinitions, "ciliumnodes.cilium.io")] != nil
    else { return }
    let ciliumNode = ObjectKey(.ciliumNodes, name)
    guard objects[ciliumNode] == nil else { return }
    let object: JSONValue = [
      "apiVersion": "cilium.io/v2", "kind": "CiliumNode",
      "metadata": [
        "labels": JSONValue(node.labels),
        "ownerReferences": [
          ["apiVersion": "v1", "kind": "Node", "name": .string(name), "uid": .string(node.uid)]
        ],
      ],
      "spec": [
        "addresses": [["ip": .string(node.address), "type": "InternalIP"]],
        "ipam": ["podCIDRs": [.string(node.podCIDR)]],
      ],
      "status": [:],
    ]
    objects.insert(object, at: ciliumNode, timestamp: timestamp)
  }
}
