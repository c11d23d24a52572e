package import ZeroTouchModel

extension ClusterSpec {
  /// What is uncertain about an address that Cilium announces: whether anybody on the wire hears it.
  package var gatewayWarnings: [Diagnostic] {
    guard provider == .talos, let pool = network.gateway.pool else { return [] }
    let own = nodes.flatMap { $0.interfaces.flatMap(\.networks).flatMap(\.addresses) }
      .compactMap { CIDRBlock(rounding: $0.description) }
    let holds = own.contains { $0.contains(pool.first) && $0.contains(pool.last) }
    if !holds, !own.isEmpty || (pool.first.isPrivate && !nodes.contains(where: \.address.isPrivate)) {
      return [Self.elsewhere(pool)]
    }
    return pool.first.isPrivate ? [] : [Self.filtered(pool)]
  }

  private static func elsewhere(_ pool: AddressPool) -> Diagnostic {
    Diagnostic(
      .warning, "no machine is known to have an interface in the network of the Gateway's pool `\(pool)`",
      remedy: "choose addresses of a network that `nodes[].interfaces` names, or let the router send the pool's there")
  }

  /// Providers of servers forward frames for addresses that they handed out themselves, and no others.
  private static func filtered(_ pool: AddressPool) -> Diagnostic {
    Diagnostic(
      .warning,
      "the Gateway's pool `\(pool)` is public: in most providers' networks, Hetzner's among them, nobody hears a machine announce an address that was not given to it",
      remedy: "there, write `mode: hostNetwork`, or take a pool of a vSwitch or VLAN of your own")
  }
}
