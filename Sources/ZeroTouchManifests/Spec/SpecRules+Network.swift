import ZeroTouchModel

extension SpecRules {
  mutating func checkRanges() {
    let pods = draft.podCIDR
    let services = draft.serviceCIDR
    if pods.value.base.isIPv6 != services.value.base.isIPv6 {
      report(
        "pods `\(pods.value)` and services `\(services.value)` are of different address families",
        "choose both from IPv4 or both from IPv6", at: services.location ?? pods.location)
    } else if pods.value.overlaps(services.value) {
      report(
        "the services' `\(services.value)` overlaps the pods' `\(pods.value)`", "choose ranges that share no address",
        at: services.location ?? pods.location)
    }
    for node in draft.nodes {
      guard let address = node.address else { continue }
      for (owner, block) in [("pods", pods), ("services", services)] where block.value.contains(address.value) {
        report(
          "the node address `\(address.value)` lies in the \(owner)' `\(block.value)`",
          "choose another `\(owner == "pods" ? "podCIDR" : "serviceCIDR")`, away from the machines' network",
          at: block.location ?? address.location)
      }
    }
  }

  /// Every node takes a /24 of the pods' range (a /64 of an IPv6 one); the API server bounds the services' range.
  mutating func checkCapacity() {
    let pods = draft.podCIDR
    let nodeMask = pods.value.base.isIPv6 ? 64 : 24
    let room = pods.value.prefixLength > nodeMask ? 0 : 1 << min(nodeMask - pods.value.prefixLength, 30)
    if room < draft.nodes.count {
      report(
        "the pods' `\(pods.value)` has room for \(room) nodes, each taking a /\(nodeMask); the spec has \(draft.nodes.count)",
        "choose a wider `podCIDR`", at: pods.location)
    }
    let services = draft.serviceCIDR
    let narrowest = services.value.base.isIPv6 ? 108 : 12
    if services.value.prefixLength < narrowest {
      report(
        "the services' `\(services.value)` is wider than the API server takes",
        "use a prefix of /\(narrowest) or longer",
        at: services.location)
    }
  }

  /// A certificate covers every control plane's address and the endpoint's name. An address of neither cannot answer.
  mutating func checkEndpoint() {
    guard let endpoint = draft.endpoint, let address = endpoint.value.address else { return }
    let controlPlanes = draft.nodes.filter { $0.role == .controlPlane }.compactMap(\.address?.value).sorted()
    // With an unreadable node, the address may be that node's.
    let shared = draft.nodes.filter { $0.role == .controlPlane }.flatMap { $0.interfaces.flatMap(\.networks) }
      .compactMap(\.vip)
    guard draft.nodes.allSatisfy({ $0.role != nil && $0.address != nil }), !(controlPlanes + shared).contains(address),
      let first = controlPlanes.first
    else { return }
    let suggestion = Endpoint(host: first.description, port: endpoint.value.port)
    report(
      "no certificate covers the endpoint's address `\(address)`: it is no control plane's",
      "use `\(suggestion)`, or a DNS name, which zerotouch puts into the certificates", at: endpoint.location)
  }
}
