import ZeroTouchManifests

/// A store as ExternalSecrets name it.
struct SecretStoreName: Hashable {
  let kind: String
  /// Nil for one of the whole cluster.
  let namespace: String?
  let name: String

  init(kind: String, namespace: String?, name: String) {
    self.kind = kind
    self.namespace = kind == "SecretStore" ? namespace : nil
    self.name = name
  }

  /// Nil for an object that is no store.
  init?(_ object: PlacedObject) {
    let manifest = object.manifest
    guard manifest.group == "external-secrets.io", ["SecretStore", "ClusterSecretStore"].contains(manifest.kind) else {
      return nil
    }
    self.init(kind: manifest.kind, namespace: object.namespace, name: manifest.name)
  }
}
