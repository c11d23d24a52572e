/// Something an object can need and another one can provide.
package enum Capability: Sendable, Hashable {
  /// The API server knows a kind.
  case kind(GroupKind)
  /// The API server knows every kind of a group, which its operator defines while it runs.
  case group(String)
  /// An object is there; the namespace is nil for what lies in none.
  case object(GroupKind, namespace: String?, name: String)
  /// There is a StorageClass for volumes that name none.
  case defaultStorageClass
  /// The webhook answers that is asked about every object of a kind.
  case admission(GroupKind)
  /// Somebody acts on the objects of a group.
  case controller(group: String)

  static func namespace(_ name: String) -> Capability {
    .object(GroupKind(group: "", kind: "Namespace"), namespace: nil, name: name)
  }

  static func secret(_ name: String, in namespace: String?) -> Capability {
    .object(GroupKind(group: "", kind: "Secret"), namespace: namespace, name: name)
  }

  static func configMap(_ name: String, in namespace: String?) -> Capability {
    .object(GroupKind(group: "", kind: "ConfigMap"), namespace: namespace, name: name)
  }

  static func storageClass(_ name: String) -> Capability {
    .object(GroupKind(group: "storage.k8s.io", kind: "StorageClass"), namespace: nil, name: name)
  }
}

extension Capability {
  /// Whether it is one of the built-in things that others have to name and make.
  var isAskedForByName: Bool {
    switch self {
    case .defaultStorageClass: true
    case .object(let kind, _, _):
      kind.isBuiltIn && ["Secret", "ConfigMap", "ServiceAccount", "StorageClass"].contains(kind.kind)
    default: false
    }
  }
}

extension Capability: CustomStringConvertible {
  /// What it is called in a message.
  package var description: String {
    switch self {
    case .kind(let kind): "the kind `\(kind)`"
    case .group(let group): "the kinds of `\(group)`"
    case .object(let kind, let namespace?, let name): "the \(kind.kind) `\(namespace)/\(name)`"
    case .object(let kind, nil, let name): "the \(kind.kind) `\(name)`"
    case .defaultStorageClass: "the default StorageClass"
    case .admission(let kind): "the webhook for `\(kind)`"
    case .controller(let group): "what acts on the objects of `\(group)`"
    }
  }
}

extension Capability {
  /// What a need for something is about; the families of rules about order.
  package enum Subject: Int, Sendable, Hashable, Comparable, CaseIterable {
    case kind, composite, namespace, secret, storage, webhook, package, other, offer

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// - Parameter composites: The kinds that an XRD defines.
  func subject(composites: Set<GroupKind>) -> Subject {
    switch self {
    case .kind(let kind): composites.contains(kind) ? .composite : .kind
    case .group: .kind
    case .defaultStorageClass: .storage
    case .admission: .webhook
    case .controller: .other
    case .object(let kind, _, _):
      switch kind.kind {
      case "Namespace" where kind.group.isEmpty: .namespace
      case "Secret" where kind.group.isEmpty, "ConfigMap" where kind.group.isEmpty: .secret
      case "StorageClass": .storage
      case "Function", "Provider", "ProviderConfig", "ClusterProviderConfig": .package
      case "Composition", "CompositeResourceDefinition": .composite
      default: .other
      }
    }
  }
}
