extension Node {
  /// The machine without what tells it from others of its kind: two machines of one kind are given configurations that
  /// differ only in names, addresses and the identities of disks and cards.
  package var kind: Node {
    var kind = self
    kind.name = ""
    kind.address = address.anonymous
    kind.access = Access()
    kind.providerID = providerID.map { _ in "" }
    kind.disk?.serial = disk?.serial.map { _ in "" }
    kind.disk?.wwid = disk?.wwid.map { _ in "" }
    kind.disk?.path = disk?.path.map { _ in "" }
    kind.interfaces = interfaces.map(\.anonymous)
    return kind
  }
}

extension NetworkInterface {
  fileprivate var anonymous: NetworkInterface {
    var copy = self
    if case .mac = selector { copy.selector = .mac("") }
    copy.settings = settings.anonymous
    copy.vlans = vlans.map { NetworkInterface.VLAN(id: $0.id, $0.settings.anonymous) }
    return copy
  }
}

extension NetworkInterface.Settings {
  /// The same without the machine's own addresses; networks and routes are what makes a kind.
  fileprivate var anonymous: Self {
    var copy = self
    copy.addresses = addresses.map { .init($0.address.anonymous, prefixLength: $0.prefixLength) }
    return copy
  }
}

extension IPAddress {
  /// The unspecified address of the same family.
  fileprivate var anonymous: IPAddress { IPAddress(bytes: bytes.map { _ in 0 }) }
}
