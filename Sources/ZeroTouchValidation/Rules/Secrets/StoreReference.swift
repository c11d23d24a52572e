import ZeroTouchManifests
import ZeroTouchModel

/// A place where an ExternalSecret names a store: for all of its keys, or for one.
struct StoreReference {
  let manifest: Manifest
  let path: [String]
  let store: SecretStoreName

  static func all(of object: PlacedObject) -> [StoreReference] {
    let manifest = object.manifest
    let lists = ["data", "dataFrom"].flatMap { list in
      (manifest["spec", list]?.items ?? []).indices.map { ["spec", list, String($0), "sourceRef", "storeRef"] }
    }
    return ([["spec", "secretStoreRef"]] + lists).compactMap { path in
      guard let node = manifest.body.node(at: path), let name = node["name"]?.text else { return nil }
      let store = SecretStoreName(
        kind: node["kind"]?.text ?? "SecretStore", namespace: object.namespace, name: name)
      return StoreReference(manifest: manifest, path: path, store: store)
    }
  }

  /// Whether External Secrets and its stores come from another repository: there is nothing of either here.
  static func areElsewhere(_ graph: ClusterGraph) -> Bool {
    !graph.defines(GroupKind(group: "external-secrets.io", kind: "ExternalSecret"))
      && !graph.cluster.objects.contains { SecretStoreName($0) != nil }
  }
}

extension Survey {
  /// The stores that a cluster has to have from elsewhere; whether it does was not checked.
  var storesFromElsewhere: [Note] {
    graphs.filter(StoreReference.areElsewhere).flatMap { graph -> [Note] in
      var told: Set<SecretStoreName> = []
      return graph.cluster.externalSecrets.map(\.object).flatMap(StoreReference.all).compactMap { reference in
        guard told.insert(reference.store).inserted else { return nil }
        return Note(
          at: place(of: reference.manifest, at: reference.path),
          "there is no \(reference.store.kind) `\(reference.store.name)` here: whether the cluster has it is unknown")
      }
    }
  }
}
