import ZeroTouchModel

extension World {
  /// Lets the first running operator pod lead; a new leader registers what is missing and looks for the Gateway API.
  mutating func electOperator() {
    let running = index.pods.values.filter {
      $0.labels["io.cilium/app"] == "operator" && $0.phase == .running && $0.isActive && $0.node != nil
    }
    if let leader = cilium.leader, running.contains(where: { $0.uid == leader }) { return }
    cilium = CiliumState()
    guard let leader = running.min(by: { ($0.order, $0.key) < ($1.order, $1.key) }) else { return }
    cilium.leader = leader.uid
    cilium.log = ["level=info msg=\"Leading the operator HA deployment\" subsys=cilium-operator-generic"]
    for definition in CiliumDefinitions.all {
      if case .failure(let failure) = apply(definition.manifest, manager: "cilium-operator-generic") {
        cilium.log.append(
          "level=error msg=\"Unable to create CRD\" name=\(definition.name) error=\"\(failure.message)\"")
      }
    }
    lookForGatewayAPI(leader)
  }

  /// The operator looks once; what comes later is seen only by an operator started later.
  private mutating func lookForGatewayAPI(_ leader: PodRecord) {
    guard ciliumConfig(leader.key.namespace)["enable-gateway-api"] == "true" else { return }
    let required = ["gatewayclasses", "gateways", "httproutes", "grpcroutes", "referencegrants"]
      .map { "\($0).gateway.networking.k8s.io" }
    let missing = required.filter { name in
      objects[ObjectKey(.customResourceDefinitions, name)]?.condition("Established")?["status"] != "True"
    }
    cilium.reconcilesGateways = missing.isEmpty
    guard !missing.isEmpty else { return }
    let causes = missing.map { "customresourcedefinitions.apiextensions.k8s.io \\\"\($0)\\\" not found" }
    cilium.log.append(
      "level=error msg=\"Required GatewayAPI resources are not found, please refer to docs for installation "
        + "instructions\" error=\"\(causes.joined(separator: "\\n"))\" subsys=gateway-api")
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
