/// How the lists and objects of built-in kinds merge, by the names of the fields.
enum BuiltInShapes {
  /// The key fields of a list, or that it is one value.
  static func list(_ name: String, in parent: String, of kind: String) -> ListShape {
    switch name {
    case "containers", "initContainers", "ephemeralContainers", "volumes", "env", "imagePullSecrets", "webhooks":
      .map(["name"])
    case "secrets": kind == "ServiceAccount" ? .map(["name"]) : .atomic
    case "volumeMounts": .map(["mountPath"])
    case "volumeDevices": .map(["devicePath"])
    case "ports": ports(parent, of: kind)
    case "conditions": .map(["type"])
    case "addresses": kind == "Node" ? .map(["type"]) : .atomic
    case "hostAliases": .map(["ip"])
    case "podIPs", "hostIPs": .map(["ip"])
    case "ownerReferences": .map(["uid"])
    case "topologySpreadConstraints": .map(["topologyKey", "whenUnsatisfiable"])
    case "finalizers", "loadBalancerSourceRanges", "podCIDRs": name == "loadBalancerSourceRanges" ? .atomic : .set
    case "resourceClaims": .map(["name"])
    default: .atomic
    }
  }

  /// Whether an object is replaced as a whole.
  static func isAtomic(_ name: String, in parent: String) -> Bool {
    switch name {
    case "selector", "labelSelector", "namespaceSelector", "podSelector", "nodeSelector", "objectSelector": true
    case "roleRef", "fieldRef", "resourceFieldRef", "secretKeyRef", "configMapKeyRef", "claimRef", "scaleTargetRef":
      true
    default: false
    }
  }

  /// The field by which a strategic merge patch finds the element of a list.
  static func patchKey(_ name: String, in parent: String, of kind: String) -> ListShape {
    switch list(name, in: parent, of: kind) {
    case .map(let keys): .map(Array(keys.prefix(1)))
    case let other: other
    }
  }

  private static func ports(_ parent: String, of kind: String) -> ListShape {
    if ["containers", "initContainers", "ephemeralContainers"].contains(parent) {
      return .map(["containerPort", "protocol"])
    }
    return kind == "Service" && parent == "spec" ? .map(["port", "protocol"]) : .atomic
  }
}
