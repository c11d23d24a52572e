import ZeroTouchManifests
import ZeroTouchModel

/// The Secrets that the objects of a cluster make, with their keys as far as they are known.
struct SecretInventory {
  struct Name: Hashable {
    let namespace: String
    let name: String
  }

  struct Source {
    let object: PlacedObject
    /// Nil where they cannot be known.
    let keys: Set<String>?
    /// Whether it is the only one that may write the Secret.
    let isOwner: Bool
  }

  private(set) var sources: [Name: [Source]] = [:]

  init(_ cluster: ClusterView) {
    for object in cluster.objects {
      switch (object.manifest.group, object.manifest.kind) {
      case ("", "Secret"): add(object, object.manifest.name, Self.keys(ofSecret: object.manifest), isOwner: true)
      case ("external-secrets.io", "ExternalSecret"): add(externalSecret: object)
      case ("bitnami.com", "SealedSecret"):
        let keys = (object.manifest["spec", "encryptedData"]?.entries ?? []).map(\.key)
        add(
          object, object.manifest.name, object.manifest["spec", "template", "data"] == nil ? Set(keys) : nil,
          isOwner: true)
      case ("cert-manager.io", "Certificate"):
        guard let name = object.manifest["spec", "secretName"]?.text else { continue }
        add(object, name, nil, isOwner: true)
      default: continue
      }
    }
  }

  /// The keys of a Secret; nil where nothing here makes it, or where they cannot be known.
  func keys(of name: String, in namespace: String?) -> Set<String>? {
    guard let found = sources[Name(namespace: namespace ?? "", name: name)] else { return nil }
    return found.reduce(Set<String>() as Set<String>?) { known, source in
      guard let known, let keys = source.keys else { return nil }
      return known.union(keys)
    }
  }

  private mutating func add(_ object: PlacedObject, _ name: String, _ keys: Set<String>?, isOwner: Bool) {
    let key = Name(namespace: object.namespace ?? "", name: name)
    sources[key, default: []].append(Source(object: object, keys: keys, isOwner: isOwner))
  }

  private mutating func add(externalSecret object: PlacedObject) {
    let manifest = object.manifest
    let policy = manifest["spec", "target", "creationPolicy"]?.text ?? "Owner"
    guard policy != "None" else { return }
    let name = manifest["spec", "target", "name"]?.text ?? manifest.name
    add(object, name, policy == "Merge" ? nil : Self.keys(ofExternalSecret: manifest), isOwner: policy != "Merge")
  }

  /// The keys of the ConfigMaps that lie here; those of charts are not in the catalogue.
  static func configMaps(of cluster: ClusterView) -> [Name: Set<String>] {
    var keys: [Name: Set<String>] = [:]
    var open: Set<Name> = []
    for object in cluster.objects where object.manifest.kind == "ConfigMap" && object.manifest.group.isEmpty {
      let name = Name(namespace: object.namespace ?? "", name: object.manifest.name)
      if case .chart = object.manifest.origin { open.insert(name) }
      let entries = ["data", "binaryData"].flatMap { object.manifest.body[$0]?.entries ?? [] }
      keys[name, default: []].formUnion(entries.map(\.key))
    }
    return keys.filter { !open.contains($0.key) }
  }

  private static func keys(ofSecret manifest: Manifest) -> Set<String>? {
    // A chart's own keys are not in the catalogue.
    if case .chart = manifest.origin { return nil }
    return Set(manifest.secretEntries.map(\.entry.key))
  }

  static func keys(ofExternalSecret manifest: Manifest) -> Set<String>? {
    let template = manifest["spec", "target", "template"]
    let fetched = (manifest["spec", "data"]?.items ?? []).compactMap { $0["secretKey"]?.text }
    let isOpen = manifest["spec", "dataFrom"]?.items?.isEmpty == false
    if template?["templateFrom"]?.items?.isEmpty == false { return nil }
    guard let data = template?["data"]?.entries else { return isOpen ? nil : Set(fetched) }
    guard template?["mergePolicy"]?.text == "Merge" else { return Set(data.map(\.key)) }
    return isOpen ? nil : Set(data.map(\.key) + fetched)
  }
}
