package import ZeroTouchModel

extension ClusterSpec {
  /// The spec as the text of a `zerotouch.yaml`: reading it gives the same spec.
  package var yaml: String {
    YAMLWriter.text(of: [
      "apiVersion": .string(SpecSchema.apiVersion), "kind": .string(SpecSchema.kind),
      "metadata": ["name": .string(name)], "spec": provider.ownsMachines ? body : bodyWithoutMachines,
    ])
  }

  /// Without the fields that are refused where the machines are somebody else's.
  private var bodyWithoutMachines: JSONValue {
    guard case .object(let fields)? = SpecSchema.document.last?.type else { return body }
    return fields.filter(\.isAboutMachines).reduce(into: body) { $0[$1.key] = nil }
  }

  private var body: JSONValue {
    var body: JSONValue = [
      "environment": .string(environment.rawValue), "stage": .string(stage.rawValue),
      "provider": .string(provider.rawValue), "endpoint": .string(endpoint.description),
      "nodes": .array(nodes.map(Self.node)),
      "network": [
        "podCIDR": .string(network.podCIDR.description), "serviceCIDR": .string(network.serviceCIDR.description),
      ],
      "gitops": ["repoURL": .string(gitops.repoURL), "revision": .string(gitops.revision)],
    ]
    let differing = Self.versionKeys.filter { versions[keyPath: $0.1] != VersionSet.default[keyPath: $0.1] }
    if !differing.isEmpty {
      let own = differing.map { ($0.0, JSONValue.string(versions[keyPath: $0.1].description)) }
      body["versions"] = .object(Dictionary(uniqueKeysWithValues: own))
    }
    if !timeouts.isEmpty { body["timeouts"] = .object(timeouts.mapValues { .string($0.exactWords) }) }
    if let aws = secrets.aws { body[path: "secrets", "aws"] = Self.credentials(aws) }
    if let repository = secrets.repository { body[path: "secrets", "repository"] = Self.access(repository) }
    if let registry = secrets.registry {
      body[path: "secrets", "registry"] = [
        "server": .string(registry.server), "username": .string(registry.username),
        "token": .string(registry.token.description), "namespaces": .array(registry.namespaces.map(JSONValue.string)),
      ]
    }
    if !secrets.others.isEmpty { body[path: "secrets", "others"] = .array(secrets.others.map(Self.other)) }
    if let token = secrets.onePassword {
      body[path: "secrets", "onePassword"] = ["token": .string(token.description)]
    }
    if let token = secrets.openBao { body[path: "secrets", "openBao"] = ["token": .string(token.description)] }
    if !secrets.recipients.isEmpty {
      body[path: "secrets", "recipients"] = .array(secrets.recipients.map(JSONValue.string))
    }
    if let pool = network.gateway.pool {
      body[path: "network", "gateway"] = ["mode": "l2", "pool": .string(pool.description)]
    }
    if !costLabels.isEmpty { body["costLabels"] = .array(costLabels.map(JSONValue.string)) }
    if !network.timeServers.isEmpty {
      body[path: "network", "timeServers"] = .array(network.timeServers.map(JSONValue.string))
    }
    if !network.nodeSubnets.isEmpty {
      body[path: "network", "nodeSubnets"] = .array(network.nodeSubnets.map { .string($0.description) })
    }
    return body
  }

  private static var versionKeys: [(String, KeyPath<VersionSet, SemanticVersion>)] {
    [
      ("talos", \.talos), ("kubernetes", \.kubernetes), ("cilium", \.cilium), ("gatewayAPI", \.gatewayAPI),
    ]
  }

  private static func node(_ node: Node) -> JSONValue {
    var value: JSONValue = [
      "name": .string(node.name), "role": .string(node.role.rawValue), "address": .string(node.address.description),
    ]
    if let disk = node.disk {
      let selector = [
        "serial": disk.serial, "model": disk.model, "wwid": disk.wwid, "size": disk.size?.description,
        "path": disk.path,
      ]
      value["install"] = ["disk": JSONValue(selector.compactMapValues(\.self))]
    }
    if !node.patches.isEmpty { value["patches"] = .array(node.patches.map(JSONValue.string)) }
    value["providerID"] = node.providerID.map { .string($0) }
    if node.access != Node.Access() { value["access"] = node.access.spec }
    if !node.labels.isEmpty { value["labels"] = JSONValue(node.labels) }
    if !node.taints.isEmpty { value["taints"] = JSONValue(node.taints) }
    if !node.interfaces.isEmpty { value["interfaces"] = .array(node.interfaces.map(\.spec)) }
    return value
  }

  private static func other(_ secret: SecretReferences.Other) -> JSONValue {
    [
      "namespace": .string(secret.namespace), "name": .string(secret.name),
      "values": JSONValue(secret.values.mapValues(\.description)),
    ]
  }

  private static func access(_ repository: SecretReferences.Repository) -> JSONValue {
    var value: JSONValue = [:]
    value["url"] = repository.url.map { .string($0) }
    switch repository.access {
    case .password(let username, let reference):
      value["username"] = .string(username)
      value["password"] = .string(reference.description)
    case .sshKey(let reference): value["sshKey"] = .string(reference.description)
    case .app(let id, let installation, let reference):
      value["app"] = [
        "id": JSONValue(id), "installation": JSONValue(installation), "key": .string(reference.description),
      ]
    }
    return value
  }

  private static func credentials(_ aws: SecretReferences.AWS) -> JSONValue {
    var value: JSONValue = [
      "accessKeyID": .string(aws.accessKeyID.description), "secretAccessKey": .string(aws.secretAccessKey.description),
      "region": .string(aws.region), "prefix": .string(aws.prefix),
    ]
    value["sessionToken"] = aws.sessionToken.map { .string($0.description) }
    return value
  }
}

extension Node.Access {
  /// The access as `zerotouch.yaml` spells it.
  fileprivate var spec: JSONValue {
    var value: JSONValue = [:]
    value["sshKey"] = sshKey.map { .string($0.description) }
    value["password"] = password.map { .string($0.description) }
    if port != 22 { value["port"] = JSONValue(port) }
    return value
  }
}

extension NetworkInterface {
  /// The interface as `zerotouch.yaml` spells it.
  fileprivate var spec: JSONValue {
    var value = settings.spec
    switch selector {
    case .name(let name): value["name"] = .string(name)
    case .mac(let mac): value["mac"] = .string(mac)
    }
    if !vlans.isEmpty {
      value["vlans"] = .array(
        vlans.map { vlan in
          var value = vlan.settings.spec
          value["id"] = JSONValue(vlan.id)
          return value
        })
    }
    return value
  }
}

extension NetworkInterface.Settings {
  fileprivate var spec: JSONValue {
    var value: JSONValue = [:]
    if dhcp { value["dhcp"] = true }
    if !addresses.isEmpty { value["addresses"] = .array(addresses.map { .string($0.description) }) }
    if !routes.isEmpty { value["routes"] = .array(routes.map(\.spec)) }
    if let mtu { value["mtu"] = JSONValue(mtu) }
    if let vip { value["vip"] = .string(vip.description) }
    return value
  }
}

extension NetworkInterface.Route {
  fileprivate var spec: JSONValue {
    JSONValue(["to": destination?.description, "via": gateway?.description].compactMapValues(\.self))
  }
}
