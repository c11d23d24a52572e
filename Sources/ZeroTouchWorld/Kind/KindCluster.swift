package import ZeroTouchModel

/// The cluster of containers that kind made on the simulated laptop, or is still making.
package struct KindCluster: Sendable, Hashable {
  package let name: String
  /// The containers, which are the nodes, with their roles.
  package let nodes: [KindNode]
  /// Whether its control plane runs: until then nothing answers.
  package internal(set) var isComplete = false
}

/// One container that is a node.
package struct KindNode: Sendable, Hashable {
  package let name: String
  package let role: ZeroTouchModel.Node.Role

  package init(name: String, role: ZeroTouchModel.Node.Role) {
    self.name = name
    self.role = role
  }
}

extension World {
  /// Starts the containers; from now on kind lists the cluster, and nothing answers in it.
  package mutating func provisionKindCluster(_ name: String, nodes: [KindNode]) {
    kindCluster = KindCluster(name: name, nodes: nodes)
    isServing = false
  }

  /// The control plane runs: the API answers, the nodes register, and what kind brings starts.
  package mutating func completeKindCluster() {
    guard let cluster = kindCluster, !cluster.isComplete else { return }
    kindCluster?.isComplete = true
    server.version = KindManifests.kubernetes
    isServing = true
    seedCluster()
    // kubeadm's taint goes where the control plane is the only node.
    let isAlone = cluster.nodes.count == 1
    for (index, node) in cluster.nodes.enumerated() {
      registerNode(
        NodeRegistration(
          name: node.name, role: node.role, address: "172.18.0.\(index + 2)",
          kubernetesVersion: KindManifests.kubernetes.description, osImage: KindManifests.osImage, hasKubePrism: false,
          cpu: 8, memoryGiB: 32))
      if isAlone {
        objects.update(ObjectKey(.nodes, node.name)) { $0[path: "spec", "taints"] = Self.withoutRole($0) }
      }
    }
    for manifest in KindManifests.all { _ = apply(manifest, manager: "kubeadm") }
    settle()
  }

  /// Takes the containers away, and all that was in them.
  package mutating func deleteKindCluster() {
    kindCluster = nil
    isServing = false
    for resource in objects.resources {
      for entry in objects.list(resource) { objects.remove(entry.key) }
    }
    settle()
  }

  private static func withoutRole(_ node: JSONValue) -> JSONValue? {
    let taints = (node[path: "spec", "taints"]?.arrayValue ?? []).filter {
      $0["key"] != "node-role.kubernetes.io/control-plane"
    }
    return taints.isEmpty ? nil : .array(taints)
  }
}
