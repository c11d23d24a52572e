package import ZeroTouchModel

/// What a kubelet tells the API server about its machine when it registers.
package struct NodeRegistration: Sendable, Hashable {
  package var name: String
  package var role: ZeroTouchModel.Node.Role
  package var address: String
  package var labels: [String: String]
  package var annotations: [String: String]
  /// Taints beside the ones Kubernetes gives by itself.
  package var taints: [Taint]
  /// Which block of the pod network the node gets; nil takes the next free one.
  package var podCIDRIndex: Int?
  package var kubernetesVersion: String
  package var osImage: String
  /// Whether the local API load balancer answers on port 7445; Cilium's agent needs it.
  package var hasKubePrism: Bool
  package var cpu: Int
  package var memoryGiB: Int

  package init(
    name: String, role: ZeroTouchModel.Node.Role, address: String, labels: [String: String] = [:],
    annotations: [String: String] = [:], taints: [Taint] = [], podCIDRIndex: Int? = nil,
    kubernetesVersion: String = "1.35.4", osImage: String = "Talos (\(Machine.talosVersion))",
    hasKubePrism: Bool = true, cpu: Int = 16,
    memoryGiB: Int = 64
  ) {
    self.name = name
    self.role = role
    self.address = address
    self.labels = labels
    self.annotations = annotations
    self.taints = taints
    self.podCIDRIndex = podCIDRIndex
    self.kubernetesVersion = kubernetesVersion
    self.osImage = osImage
    self.hasKubePrism = hasKubePrism
    self.cpu = cpu
    self.memoryGiB = memoryGiB
  }
}

extension World {
  /// Registers a node as its kubelet does; a node that exists already starts to answer again.
  package mutating func registerNode(_ registration: NodeRegistration) {
    let key = ObjectKey(.nodes, registration.name)
    kubelets.silent.remove(registration.name)
    kubelets.kubePrism[registration.name] = registration.hasKubePrism
    if objects[key] == nil {
      kubelets.networkReady.remove(registration.name)
      let block = kubelets.assignBlock(to: registration.name, wanted: registration.podCIDRIndex)
      objects.insert(registration.node(podCIDR: block, timestamp: timestamp), at: key, timestamp: timestamp)
      holdLease(of: key)
      recordEvent(.normal, "Starting", "Starting kubelet.", about: key, from: "kubelet", host: registration.name)
      recordEvent(
        .normal, "RegisteredNode",
        "Node \(registration.name) event: Registered Node \(registration.name) in Controller",
        about: key, from: "node-controller")
    } else {
      touchNode(registration.name)
    }
    settle()
  }

  /// Registers a node as its kubelet does; see ``NodeRegistration`` for what can be said beside this.
  package mutating func registerNode(
    name: String, role: ZeroTouchModel.Node.Role, address: String, labels: [String: String] = [:],
    taints: [Taint] = [], podCIDRIndex: Int? = nil
  ) {
    registerNode(
      NodeRegistration(
        name: name, role: role, address: address, labels: labels, taints: taints, podCIDRIndex: podCIDRIndex))
  }

  /// Writes the lease by which a kubelet says that it lives.
  private mutating func holdLease(of node: ObjectKey) {
    let key = ObjectKey(GroupResource("leases", "coordination.k8s.io"), "kube-node-lease", node.name)
    guard objects[ObjectKey(.namespaces, key.namespace)] != nil, objects[key] == nil else { return }
    let owner: JSONValue = [
      "apiVersion": "v1", "kind": "Node", "name": .string(node.name),
      "uid": objects[node]?[path: "metadata", "uid"] ?? "",
    ]
    objects.insert(
      [
        "apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": ["ownerReferences": [owner]],
        "spec": [
          "holderIdentity": .string(node.name), "leaseDurationSeconds": 40,
          "renewTime": .string(String(timestamp.dropLast()) + ".000000Z"),
        ],
      ], at: key, timestamp: timestamp)
  }

  /// Takes a node and what ran on it out of the cluster, as `kubectl delete node` and the pod collector do.
  package mutating func removeNode(_ name: String) {
    objects.remove(ObjectKey(.nodes, name))
    settle()
  }

  /// Stops a node's kubelet from reporting: after the grace period the node is Unknown.
  package mutating func nodeHeartbeatsStop(_ name: String) {
    guard objects[ObjectKey(.nodes, name)] != nil else { return }
    kubelets.silent.insert(name)
    start(Timer(NodeLifecycle.controllerName, ObjectKey(.nodes, name), "grace"), after: NodeLifecycle.gracePeriod)
  }

  /// Lets a node's kubelet report again, with the containers it had.
  package mutating func nodeHeartbeatsResume(_ name: String) {
    kubelets.silent.remove(name)
    timers.cancel(Timer(NodeLifecycle.controllerName, ObjectKey(.nodes, name), "grace"))
    touchNode(name)
    settle()
  }

  /// Restarts a machine's containers, as a reboot does: pods stay, their containers start again.
  package mutating func restartContainers(on name: String) {
    refreshIndex()
    kubelets.networkReady.remove(name)
    for key in index.pods(on: name).sorted() {
      if let uid = index.pods[key]?.uid { kubelets.work[uid] = nil }
      markUnready(key)
    }
    touchNode(name)
    settle()
  }

  /// Whether the local API load balancer of a node answers on port 7445.
  package func kubePrism(_ node: String) -> Bool { kubelets.kubePrism[node] ?? true }

  /// Switches a node's local API load balancer on or off.
  package mutating func setKubePrism(_ isOn: Bool, on node: String) {
    kubelets.kubePrism[node] = isOn
    touchNode(node)
    settle()
  }

  /// Has the node and its pods looked at again.
  mutating func touchNode(_ name: String) {
    refreshIndex()
    objects.touch(ObjectKey(.nodes, name))
    for pod in index.pods(on: name) { objects.touch(pod) }
  }
}
