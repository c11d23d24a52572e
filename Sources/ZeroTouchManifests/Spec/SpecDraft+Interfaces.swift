import ZeroTouchModel

extension SpecDraft.NodeDraft {
  /// Takes the interfaces out of their list; what names no card or two is noted.
  mutating func readInterfaces(_ items: [LocatedYAML]) {
    for item in items {
      let name = item["name"]?.text(.interfaceName).map(NetworkInterface.Selector.name)
      let mac = item["mac"]?.text(.hardwareAddress).map { NetworkInterface.Selector.mac($0.lowercased()) }
      guard let selector = name ?? mac, item["name"] == nil || item["mac"] == nil else {
        unclearInterfaces.append(item.location)
        continue
      }
      let tagged = item["vlans"]?.items ?? []
      interfaces.append(
        NetworkInterface(
          selector, NetworkInterface.Settings(item), vlans: tagged.compactMap(NetworkInterface.VLAN.init)))
      sharedPlaces += ([item] + tagged).compactMap { $0["vip"]?.location }
    }
  }
}

extension NetworkInterface.VLAN {
  fileprivate init?(_ node: LocatedYAML) {
    guard let id = node["id"]?.scalar?.intValue else { return nil }
    self.init(id: id, NetworkInterface.Settings(node))
  }
}

extension NetworkInterface.Settings {
  fileprivate init(_ node: LocatedYAML) {
    self.init(
      dhcp: node["dhcp"]?.scalar?.boolValue ?? false,
      addresses: node["addresses"]?.texts(.interfaceAddress).compactMap { NetworkInterface.Address($0) } ?? [],
      routes: (node["routes"]?.items ?? []).map {
        NetworkInterface.Route(
          to: $0["to"]?.text(.block).flatMap { CIDRBlock($0) }, via: $0["via"]?.text(.address).flatMap { IPAddress($0) }
        )
      }, mtu: node["mtu"]?.scalar?.intValue, vip: node["vip"]?.text(.address).flatMap { IPAddress($0) })
  }
}
