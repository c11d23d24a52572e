import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchWorld

extension TalosHealth {
  /// The checks in talosctl's order. Without a CNI of Talos's own it skips nodes and DNS.
  static let checks: [Check] = [
    Check(name: "etcd to be healthy") { _, machines in
      holds(controlPlanes(machines)) { $0.installation?.etcd.isMember == true }
    },
    Check(name: "etcd members to be consistent across nodes") { world, machines in
      let counts = Set(controlPlanes(machines).map { world.etcdMembers(of: $0.address).count })
      return counts.count <= 1
    },
    Check(name: "etcd members to be control plane nodes") { world, machines in
      controlPlanes(machines).allSatisfy { world.etcdMembers(of: $0.address).count == controlPlanes(machines).count }
    },
    Check(name: "apid to be ready") { _, machines in holds(machines) { $0.answersTalos } },
    Check(name: "all nodes memory sizes") { _, _ in true },
    Check(name: "all nodes disk sizes") { _, _ in true },
    Check(name: "no diagnostics") { _, _ in true },
    Check(name: "kubelet to be healthy") { _, machines in holds(machines) { $0.installation?.hasRuntime == true } },
    Check(name: "all nodes to finish boot sequence") { world, machines in
      holds(machines) { world.machineStatus($0.address)?.stage == "running" }
    },
    Check(name: "all k8s nodes to report") { world, machines in
      holds(machines) { world.objects[ObjectKey(.nodes, $0.hostname)] != nil }
    },
    Check(name: "all control plane static pods to be running") { world, machines in
      holds(controlPlanes(machines)) {
        world.objects[ObjectKey(.pods, "kube-system", "kube-apiserver-\($0.hostname)")] != nil
      }
    },
    Check(name: "all control plane components to be ready") { world, _ in world.isServing },
    Check(name: "all k8s nodes to report ready") { world, machines in
      hasOwnNetwork(machines) ? holds(machines) { world.isNodeReady($0.hostname) } : nil
    },
    Check(name: "kube-proxy to report ready") { world, _ in
      isReady(
        ObjectKey(.daemonSets, "kube-system", "kube-proxy"), world, wanted: "desiredNumberScheduled", "numberReady")
    },
    Check(name: "coredns to report ready") { world, machines in
      guard hasOwnNetwork(machines) else { return nil }
      return isReady(ObjectKey(.deployments, "kube-system", "coredns"), world, wanted: "replicas", "readyReplicas")
    },
    Check(name: "all k8s nodes to report schedulable") { world, machines in
      holds(machines) { world.objects[ObjectKey(.nodes, $0.hostname)]?[path: "spec", "unschedulable"] != true }
    },
  ]

  private static func controlPlanes(_ machines: [Machine]) -> [Machine] {
    machines.filter { $0.configuration?.isControlPlane == true }
  }

  private static func holds(_ machines: [Machine], _ condition: (Machine) -> Bool) -> Bool {
    !machines.isEmpty && machines.allSatisfy(condition)
  }

  private static func hasOwnNetwork(_ machines: [Machine]) -> Bool {
    controlPlanes(machines).contains { $0.configuration?.cni != "none" }
  }

  /// Whether as many replicas are ready as there are to be; nil when the workload does not exist.
  private static func isReady(_ key: ObjectKey, _ world: World, wanted: String, _ ready: String) -> Bool? {
    guard let status = world.objects[key]?["status"] else { return world.objects[key] == nil ? nil : false }
    return (status[wanted]?.intValue ?? 0) == (status[ready]?.intValue ?? 0) && (status[wanted]?.intValue ?? 0) > 0
  }
}
