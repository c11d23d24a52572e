import ZeroTouchModel

extension World {
  /// Gives a LoadBalancer Service an address of a pool that serves it, or says on the Service why there is none. Whether
  /// anybody announces the address is no concern of the one who gives it away.
  mutating func assignAddress(to key: ObjectKey) {
    guard var service = objects[key], service.isCiliumsLoadBalancer else { return }
    let pools = objects.list(.loadBalancerPools).map(\.object)
    // Without any pool nobody is awake to say that there is none.
    guard !pools.isEmpty else { return }
    if let held = service.givenAddress {
      // A pool that is disabled keeps what it gave; one that has other addresses now does not.
      if pools.contains(where: { $0.addressBlocks.contains { $0.contains(held) } }) { return }
      service[path: "status", "loadBalancer"] = [:]
      objects.update(key) { $0 = service }
    }
    switch allocation(for: service, key, of: pools) {
    case .address(let address): note("satisfied", "", isSatisfied: true, on: key, address: address)
    case .noPool:
      note("no_pool", "There are no enabled CiliumLoadBalancerIPPools that match this service", on: key)
    case .exhausted:
      note(
        "out_of_ips", "All enabled CiliumLoadBalancerIPPools that match this service ran out of allocatable IPs",
        on: key)
    }
  }

  private enum Allocation {
    case address(String)
    case noPool
    case exhausted
  }

  private func allocation(for service: JSONValue, _ key: ObjectKey, of pools: [JSONValue]) -> Allocation {
    let labels = service.announcedLabels(key)
    let wantsIPv6 = service[path: "spec", "ipFamilies"]?.arrayValue?.first == "IPv6"
    let blocks = pools.filter { pool in
      pool[path: "spec", "disabled"] != true
        && pool[path: "spec", "serviceSelector"].map { LabelSelector(object: $0).matches(labels) } ?? true
    }.flatMap(\.addressBlocks).filter { $0.isIPv6 == wantsIPv6 }
    if blocks.isEmpty { return .noPool }
    let taken = Set(objects.list(.services).compactMap(\.object.givenAddress))
    for block in blocks {
      for address in block.addresses where !taken.contains(address) { return .address(address.description) }
    }
    return .exhausted
  }

  private mutating func note(
    _ reason: String, _ message: String, isSatisfied: Bool = false, on key: ObjectKey, address: String? = nil
  ) {
    let time = timestamp
    objects.update(key) { service in
      var conditions = service[path: "status", "conditions"]?.arrayValue ?? []
      conditions.setCondition(
        [
          "type": "cilium.io/IPAMRequestSatisfied", "status": isSatisfied ? "True" : "False",
          "reason": .string(reason), "message": .string(message),
        ], timestamp: time)
      service[path: "status", "conditions"] = .array(conditions)
      if let address {
        service[path: "status", "loadBalancer", "ingress"] = [["ip": .string(address), "ipMode": "VIP"]]
      }
    }
  }
}

extension JSONValue {
  /// Whether a Service waits for an address that Cilium may give and announce.
  var isCiliumsLoadBalancer: Bool {
    let own = ["io.cilium/l2-announcer", "io.cilium/bgp-control-plane"]
    return self[path: "spec", "type"] == "LoadBalancer"
      && (self[path: "spec", "loadBalancerClass"]?.stringValue).map(own.contains) ?? true
  }

  /// The address that a Service was given.
  fileprivate var givenAddress: IPAddress? {
    self[path: "status", "loadBalancer", "ingress"]?.arrayValue?.first?["ip"]?.stringValue.flatMap { IPAddress($0) }
  }

  /// The addresses of a pool.
  fileprivate var addressBlocks: [AddressPool] {
    (self[path: "spec", "blocks"]?.arrayValue ?? []).compactMap { AddressPool($0) }
  }

  /// The labels by which Cilium's selectors find a Service: its own, and its name and namespace.
  func announcedLabels(_ key: ObjectKey) -> [String: String] {
    let meta = [
      "io.kubernetes.service.name": key.name, "io.kubernetes.service.namespace": key.namespace,
    ]
    return (self[path: "metadata", "labels"]?.stringMap ?? [:]).merging(meta) { $1 }
  }
}
