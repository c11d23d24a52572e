import ZeroTouchModel

extension World {
  /// Makes what every new cluster holds: its namespaces, the `kubernetes` Service, the system's priority classes.
  ///
  /// Calling it again changes nothing.
  package mutating func seedCluster() {
    for name in ["default", "kube-node-lease", "kube-public", "kube-system"] {
      var namespace: JSONValue = ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]]
      if let type = registry[.namespaces] { Defaults.apply(to: &namespace, type, version: "v1", in: self) }
      seed(namespace, ObjectKey(.namespaces, name))
    }
    for (name, value) in [("system-cluster-critical", 2_000_000_000), ("system-node-critical", 2_000_001_000)] {
      seed(
        [
          "apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "value": JSONValue(value),
          "preemptionPolicy": "PreemptLowerPriority",
        ], ObjectKey(GroupResource("priorityclasses", "scheduling.k8s.io"), name))
    }
    for (key, role) in DefaultRoles.objects { seed(role, key) }
    seed(kubernetesService, ObjectKey(.services, "default", "kubernetes"))
    settle()
  }

  private mutating func seed(_ object: JSONValue, _ key: ObjectKey) {
    if objects[key] == nil { objects.insert(object, at: key, timestamp: timestamp) }
  }

  private var kubernetesService: JSONValue {
    let address = JSONValue.string(serviceAddress(1))
    return [
      "apiVersion": "v1", "kind": "Service",
      "metadata": ["labels": ["component": "apiserver", "provider": "kubernetes"]],
      "spec": [
        "type": "ClusterIP", "clusterIP": address, "clusterIPs": [address], "sessionAffinity": "None",
        "ipFamilies": ["IPv4"], "ipFamilyPolicy": "SingleStack", "internalTrafficPolicy": "Cluster",
        "ports": [["name": "https", "port": 443, "protocol": "TCP", "targetPort": 6443]],
      ],
      "status": ["loadBalancer": [:]],
    ]
  }
}
