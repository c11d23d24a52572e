/// One network interface of a machine, where its addresses are not left to DHCP alone.
package struct NetworkInterface: Sendable, Hashable {
  /// How the interface is found: rescue systems call the same card by other names than Talos does.
  package enum Selector: Sendable, Hashable {
    case name(String)
    /// The permanent hardware address, in lower case.
    case mac(String)
  }

  /// An address with the length of its network's prefix.
  package struct Address: Sendable, Hashable, CustomStringConvertible {
    package let address: IPAddress
    package let prefixLength: Int

    package init(_ address: IPAddress, prefixLength: Int) {
      self.address = address
      self.prefixLength = prefixLength
    }

    /// Reads `ADDRESS/LENGTH`.
    package init?(_ text: String) {
      guard let block = CIDRBlock(rounding: text), let address = IPAddress(String(text.prefix { $0 != "/" })) else {
        return nil
      }
      self.init(address, prefixLength: block.prefixLength)
    }

    package var description: String { "\(address)/\(prefixLength)" }
  }

  package struct Route: Sendable, Hashable {
    /// Where the route leads; nil is everywhere else.
    package var destination: CIDRBlock?
    /// Through whom; nil is on the link itself.
    package var gateway: IPAddress?

    package init(to destination: CIDRBlock? = nil, via gateway: IPAddress? = nil) {
      self.destination = destination
      self.gateway = gateway
    }
  }

  /// A tagged network on an interface.
  package struct VLAN: Sendable, Hashable {
    package var id: Int
    package var settings: Settings

    package init(id: Int, _ settings: Settings = Settings()) {
      self.id = id
      self.settings = settings
    }
  }

  /// What an interface and a VLAN on it have in common.
  package struct Settings: Sendable, Hashable {
    package var dhcp: Bool
    package var addresses: [Address]
    package var routes: [Route]
    package var mtu: Int?
    /// An address that the control planes share; one of them holds it at a time.
    package var vip: IPAddress?

    package init(
      dhcp: Bool = false, addresses: [Address] = [], routes: [Route] = [], mtu: Int? = nil, vip: IPAddress? = nil
    ) {
      self.dhcp = dhcp
      self.addresses = addresses
      self.routes = routes
      self.mtu = mtu
      self.vip = vip
    }
  }

  package var selector: Selector
  package var settings: Settings
  package var vlans: [VLAN]

  package init(_ selector: Selector, _ settings: Settings = Settings(), vlans: [VLAN] = []) {
    self.selector = selector
    self.settings = settings
    self.vlans = vlans
  }

  /// The interface's own settings and those of its VLANs.
  package var networks: [Settings] { [settings] + vlans.map(\.settings) }
}
