package import ZeroTouchModel

extension ClusterSpec {
  /// The spec as the text of a `zerotouch.yaml`: reading it gives the same spec.
  package var yaml: String {
    YAMLWriter.text(of: [
      "apiVersion": .string(SpecSchema.apiVersion), "kind": .string(SpecSchema.kind),
      "metadata": ["name": .string(name)], "spec": body,
    ])
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
    if !timeouts.isEmpty { body["timeouts"] = .object(timeouts.mapValues { .string($0.exactWords) }) }
    if let aws = secrets.aws { body["secrets"] = ["aws": Self.credentials(aws)] }
    return body
  }

  private static func node(_ node: Node) -> JSONValue {
    var value: JSONValue = [
      "name": .string(node.name), "role": .string(node.role.rawValue), "address": .string(node.address.description),
    ]
    if let disk = node.disk {
      let selector = ["serial": disk.serial, "model": disk.model, "wwid": disk.wwid, "path": disk.path]
      value["install"] = ["disk": JSONValue(selector.compactMapValues(\.self))]
    }
    if !node.patches.isEmpty { value["patches"] = .array(node.patches.map(JSONValue.string)) }
    if let key = node.sshKey { value["access"] = ["sshKey": .string(key.description)] }
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
