import ZeroTouchModel

/// The addresses, routes and clocks of a machine, in the documents of Talos 1.12 and later or in the older fields.
///
/// Talos refuses a configuration that says the same in both.
struct MachineNetwork {
  let spec: ClusterSpec
  let node: Node

  /// The documents, interface by interface.
  var documents: [JSONValue] {
    let links = node.interfaces.enumerated().flatMap { index, interface in documents(of: interface, index) }
    guard !spec.network.timeServers.isEmpty else { return links }
    return links + [document("TimeSyncConfig", ["ntp": ["servers": timeServers]])]
  }

  private var timeServers: JSONValue { .array(spec.network.timeServers.map(JSONValue.string)) }

  private func documents(of interface: NetworkInterface, _ index: Int) -> [JSONValue] {
    var documents: [JSONValue] = []
    let name: String
    switch interface.selector {
    case .name(let own): name = own
    case .mac(let mac):
      name = "net\(index)"
      let match = "mac(link.permanent_addr) == \"\(mac)\""
      documents.append(document("LinkAliasConfig", ["name": .string(name), "selector": ["match": .string(match)]]))
    }
    documents.append(document("LinkConfig", Self.link(name, interface.settings)))
    documents += extras(of: interface.settings, on: name)
    for vlan in interface.vlans {
      let own = "\(name).\(vlan.id)"
      var value = Self.link(own, vlan.settings)
      value["vlanID"] = JSONValue(vlan.id)
      value["parent"] = .string(name)
      documents.append(document("VLANConfig", value))
      documents += extras(of: vlan.settings, on: own)
    }
    return documents
  }

  /// What stands beside a link in documents of its own.
  private func extras(of settings: NetworkInterface.Settings, on link: String) -> [JSONValue] {
    var documents: [JSONValue] = []
    if settings.dhcp { documents.append(document("DHCPv4Config", ["name": .string(link)])) }
    if let vip = settings.vip {
      documents.append(document("Layer2VIPConfig", ["name": .string(vip.description), "link": .string(link)]))
    }
    return documents
  }

  private static func link(_ name: String, _ settings: NetworkInterface.Settings) -> JSONValue {
    var link: JSONValue = ["name": .string(name)]
    if let mtu = settings.mtu { link["mtu"] = JSONValue(mtu) }
    if !settings.addresses.isEmpty {
      link["addresses"] = .array(settings.addresses.map { ["address": .string($0.description)] })
    }
    if !settings.routes.isEmpty { link["routes"] = .array(settings.routes.map { route($0, "destination") }) }
    return link
  }

  private static func route(_ route: NetworkInterface.Route, _ destination: String) -> JSONValue {
    JSONValue(
      [destination: route.destination?.description, "gateway": route.gateway?.description].compactMapValues(\.self))
  }

  private func document(_ kind: String, _ fields: JSONValue) -> JSONValue {
    var document = fields
    document["apiVersion"] = "v1alpha1"
    document["kind"] = .string(kind)
    return document
  }
}

extension MachineNetwork {
  /// Writes the same into the fields of Talos 1.11.
  func setLegacy(_ main: inout JSONValue) {
    main[path: "machine", "network", "hostname"] = .string(node.name)
    if !node.interfaces.isEmpty {
      main[path: "machine", "network", "interfaces"] = .array(node.interfaces.map(Self.device))
    }
    if !spec.network.timeServers.isEmpty { main[path: "machine", "time", "servers"] = timeServers }
  }

  private static func device(_ interface: NetworkInterface) -> JSONValue {
    var device = device(interface.settings)
    switch interface.selector {
    case .name(let name): device["interface"] = .string(name)
    case .mac(let mac): device["deviceSelector"] = ["hardwareAddr": .string(mac)]
    }
    let vlans = interface.vlans.map { vlan in
      var value = self.device(vlan.settings)
      value["vlanId"] = JSONValue(vlan.id)
      return value
    }
    if !vlans.isEmpty { device["vlans"] = .array(vlans) }
    return device
  }

  private static func device(_ settings: NetworkInterface.Settings) -> JSONValue {
    var device: JSONValue = ["dhcp": .bool(settings.dhcp)]
    if !settings.addresses.isEmpty { device["addresses"] = .array(settings.addresses.map { .string($0.description) }) }
    if !settings.routes.isEmpty {
      device["routes"] = .array(
        settings.routes.map { own in
          var value = route(own, "network")
          // The older field wants the default route spelled out.
          if own.destination == nil { value["network"] = own.gateway?.isIPv6 == true ? "::/0" : "0.0.0.0/0" }
          return value
        })
    }
    if let mtu = settings.mtu { device["mtu"] = JSONValue(mtu) }
    if let vip = settings.vip { device["vip"] = ["ip": .string(vip.description)] }
    return device
  }
}
