import ZeroTouchModel

extension SpecRules {
  /// A pool belongs to mode `l2`, and its addresses to nobody else.
  mutating func checkGateway() {
    let gateway = draft.gateway
    if gateway.isUnclear { return }
    guard gateway.mode == .l2 else {
      guard let place = gateway.poolPlace else { return }
      return report(
        "`pool` has no effect: in mode `hostNetwork` the Gateway listens on the nodes' own addresses",
        "write `mode: l2`, or remove `pool`", at: place)
    }
    if draft.environment != .main {
      report(
        "the environment `\(draft.environment.rawValue)` has no Gateway", "remove `gateway`, or choose `main`",
        at: gateway.place)
    }
    guard let pool = gateway.pool else {
      // What could not be read was reported where it stands.
      if gateway.poolPlace != nil { return }
      return report(
        "mode `l2` has no addresses to announce",
        "add `pool: 192.168.1.224/28`, free addresses of the machines' own Ethernet segment", at: gateway.place)
    }
    checkFamily(of: pool)
    checkPrivacy(of: pool)
  }

  private mutating func checkFamily(of pool: AddressPool) {
    let services = draft.serviceCIDR.value
    if pool.isIPv6 != services.base.isIPv6 {
      report(
        "the pool `\(pool)` holds \(Self.family(pool.isIPv6)) addresses, and the cluster's services `\(services)` are \(Self.family(services.base.isIPv6)) alone",
        "choose \(Self.family(services.base.isIPv6)) addresses", at: draft.gateway.poolPlace)
    } else if pool.isIPv6, (draft.versions.cilium.major, draft.versions.cilium.minor) < (1, 19) {
      report(
        "Cilium `\(draft.versions.cilium)` answers for no IPv6 address on the local network; 1.19 is the first that does",
        "use Cilium 1.19, or an IPv4 cluster", at: draft.gateway.poolPlace)
    }
  }

  private static func family(_ isIPv6: Bool) -> String { isIPv6 ? "IPv6" : "IPv4" }

  private mutating func checkPrivacy(of pool: AddressPool) {
    let place = draft.gateway.poolPlace
    for (owner, block) in [("pods'", draft.podCIDR.value), ("services'", draft.serviceCIDR.value)]
    where pool.overlaps(block) {
      report(
        "the pool `\(pool)` overlaps the \(owner) `\(block)`", "choose addresses of the machines' own network",
        at: place)
    }
    for (address, owner) in takenAddresses where pool.contains(address) {
      report(
        "the pool `\(pool)` contains `\(address)`, \(owner)", "choose addresses that nobody else answers for", at: place
      )
    }
  }

  /// The addresses that somebody has already, each with its owner, once.
  private var takenAddresses: [(address: IPAddress, owner: String)] {
    let endpoint = draft.endpoint?.value.address.map { ($0, "where the Kubernetes API answers") }
    let all = draft.nodes.flatMap(Self.taken) + [endpoint].compactMap(\.self)
    var seen: Set<IPAddress> = []
    return all.filter { seen.insert($0.0).inserted }
  }

  private static func taken(by node: SpecDraft.NodeDraft) -> [(IPAddress, String)] {
    let name = "`\(node.name?.value ?? "?")`"
    let own = node.address.map { [($0.value, "the address of \(name)")] } ?? []
    return own
      + node.interfaces.flatMap(\.networks).flatMap { network in
        network.addresses.map { ($0.address, "an address of \(name)") }
          + network.routes.compactMap { $0.gateway.map { ($0, "the gateway of \(name)") } }
          + [network.vip.map { ($0, "the address that the control planes share") }].compactMap(\.self)
      }
  }
}
