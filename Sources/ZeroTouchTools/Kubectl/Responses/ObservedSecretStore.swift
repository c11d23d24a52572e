package import ZeroTouchModel

/// A store of External Secrets, of a namespace or of the whole cluster, as far as zerotouch looks at it.
package struct ObservedSecretStore: ClusterObject {
  package static let resource = "clustersecretstores.external-secrets.io"
  /// Those of the cluster and those of all namespaces.
  package static let resources = "clustersecretstores.external-secrets.io,secretstores.external-secrets.io"

  /// A store by its name.
  package struct Reference: Sendable, Hashable, CustomStringConvertible {
    package let kind: String
    package let name: String
    /// Empty for a store of the cluster.
    package let namespace: String

    package init?(_ json: JSONValue, namespace: String) {
      guard let name = json["name"]?.stringValue else { return nil }
      kind = json["kind"]?.stringValue ?? "SecretStore"
      self.name = name
      self.namespace = kind == "ClusterSecretStore" ? "" : namespace
    }

    package var description: String { namespace.isEmpty ? name : "\(namespace)/\(name)" }
  }

  package let metadata: ObjectMetadata
  package let reference: Reference
  package let ready: ObjectCondition?
  /// The Secrets by which it gets in, each as `namespace/name`.
  package let credentials: Set<String>

  package init?(_ json: JSONValue) {
    guard let metadata = ObjectMetadata(json),
      let reference = Reference(
        ["kind": json["kind"] ?? "", "name": .string(metadata.name)], namespace: metadata.namespace ?? ""),
      reference.kind.hasSuffix("SecretStore")
    else { return nil }
    self.metadata = metadata
    self.reference = reference
    ready = ObjectCondition.all(of: json).named("Ready")
    credentials = Self.references(in: json[path: "spec", "provider"] ?? [:], namespace: metadata.namespace ?? "")
  }

  private static func references(in provider: JSONValue, namespace: String) -> Set<String> {
    (provider.objectValue ?? [:]).reduce(into: []) { found, member in
      if member.key.hasSuffix("SecretRef"), let name = member.value["name"]?.stringValue {
        found.insert("\(member.value["namespace"]?.stringValue ?? namespace)/\(name)")
      } else {
        found.formUnion(references(in: member.value, namespace: namespace))
      }
    }
  }
}
