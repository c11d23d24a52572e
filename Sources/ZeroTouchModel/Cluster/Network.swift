/// The cluster's address ranges and the way traffic comes in.
package struct Network: Sendable, Hashable {
  /// How the Gateway gets an address.
  package enum Gateway: Sendable, Hashable {
    /// Envoy binds the nodes' own ports.
    case hostNetwork
    /// Cilium announces addresses of this pool on the local network.
    case l2(pool: AddressPool)

    /// The word for it in `zerotouch.yaml`.
    package enum Mode: String, Sendable, CaseIterable {
      case hostNetwork
      case l2
    }

    package var mode: Mode {
      switch self {
      case .hostNetwork: .hostNetwork
      case .l2: .l2
      }
    }

    /// The addresses that are announced.
    package var pool: AddressPool? {
      if case .l2(let pool) = self { pool } else { nil }
    }
  }

  package var podCIDR: CIDRBlock
  package var serviceCIDR: CIDRBlock
  package var gateway: Gateway
  /// Where the machines' clocks come from; empty leaves it to Talos.
  package var timeServers: [String]
  /// The networks that nodes are reached by; empty means the address of the spec.
  package var nodeSubnets: [CIDRBlock]

  package init(
    podCIDR: CIDRBlock, serviceCIDR: CIDRBlock, gateway: Gateway = .hostNetwork, timeServers: [String] = [],
    nodeSubnets: [CIDRBlock] = []
  ) {
    self.podCIDR = podCIDR
    self.serviceCIDR = serviceCIDR
    self.gateway = gateway
    self.timeServers = timeServers
    self.nodeSubnets = nodeSubnets
  }

  /// Talos's own defaults: pods in 10.244.0.0/16, services in 10.96.0.0/12.
  package init() {
    self.init(
      podCIDR: CIDRBlock(base: IPAddress(10, 244, 0, 0), prefixLength: 16),
      serviceCIDR: CIDRBlock(base: IPAddress(10, 96, 0, 0), prefixLength: 12))
  }
}

extension IPAddress {
  /// An IPv4 address from its four bytes.
  package init(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8) {
    self.init(bytes: [first, second, third, fourth])
  }
}
