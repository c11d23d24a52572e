import ZeroTouchModel

extension World {
  /// Lets one agent answer for every address that a policy has announced: the holder of the Service's Lease.
  mutating func announceServices() {
    let leases = objects.list(.leases, namespace: Self.announcers).map(\.key).filter {
      $0.name.hasPrefix(Self.leasePrefix)
    }
    guard ciliumConfig()["enable-l2-announcements"] == "true" else {
      for lease in leases { objects.remove(lease) }
      return
    }
    let policies = objects.list(.announcementPolicies).map(\.object)
    if policies.isEmpty, leases.isEmpty { return }
    let agents = Set(index.pods.values.filter { $0.isReady && NetworkPlugin($0) == .cilium }.compactMap(\.node))
      .sorted()
    var wanted: Set<ObjectKey> = []
    for (key, service) in objects.list(.services) {
      let candidates = announcers(of: service, key, policies, agents)
      guard let first = candidates.first else { continue }
      let lease = ObjectKey(.leases, Self.announcers, "\(Self.leasePrefix)\(key.namespace)-\(key.name)")
      wanted.insert(lease)
      let holder = objects[lease]?[path: "spec", "holderIdentity"]?.stringValue
      if holder.map(candidates.contains) != true { hold(lease, by: first) }
    }
    for lease in leases where !wanted.contains(lease) { objects.remove(lease) }
  }

  private static let announcers = "kube-system"
  private static let leasePrefix = "cilium-l2announce-"

  /// The nodes that a policy lets answer for a Service.
  private func announcers(
    of service: JSONValue, _ key: ObjectKey, _ policies: [JSONValue], _ agents: [String]
  ) -> [String] {
    guard service.isCiliumsLoadBalancer,
      service[path: "spec", "loadBalancerClass"] != "io.cilium/bgp-control-plane"
    else { return [] }
    let labels = service.announcedLabels(key)
    let fitting = policies.compactMap { $0["spec"] }.filter { policy in
      policy["loadBalancerIPs"] == true
        && policy["serviceSelector"].map { LabelSelector(object: $0).matches(labels) } ?? true
    }
    return agents.filter { agent in
      let labels = index.nodes[agent]?.labels ?? [:]
      return fitting.contains { $0["nodeSelector"].map { LabelSelector(object: $0).matches(labels) } ?? true }
    }
  }

  private mutating func hold(_ key: ObjectKey, by node: String) {
    let time = JSONValue.string(String(timestamp.dropLast()) + ".000000Z")
    let changes = objects[key]?[path: "spec", "leaseTransitions"]?.intValue.map { $0 + 1 } ?? 0
    let spec: JSONValue = [
      "acquireTime": time, "holderIdentity": .string(node), "leaseDurationSeconds": 15,
      "leaseTransitions": JSONValue(changes), "renewTime": time,
    ]
    guard objects[key] == nil else { return objects.update(key) { $0["spec"] = spec } }
    objects.insert(
      ["apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "spec": spec], at: key, timestamp: timestamp)
  }
}
