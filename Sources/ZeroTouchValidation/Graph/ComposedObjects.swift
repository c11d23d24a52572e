import ZeroTouchManifests
import ZeroTouchModel

/// What the claims of a cluster become, as far as their Compositions can be carried out here.
struct ComposedObjects: Sendable {
  /// By the number of the claim among the objects of its cluster.
  private(set) var byClaim: [Int: [PlacedObject]] = [:]

  init(_ cluster: ClusterView) {
    let apis = Self.apis(of: cluster)
    guard !apis.isEmpty else { return }
    for (index, object) in cluster.objects.enumerated() {
      guard let api = apis[object.manifest.groupKind] else { continue }
      byClaim[index] = Self.objects(of: object, api)
    }
  }

  private static func apis(of cluster: ClusterView) -> [GroupKind: PlatformAPI] {
    var apis: [GroupKind: PlatformAPI] = [:]
    let compositions = cluster.objects.map(\.manifest).filter {
      $0.kind == Composition.kind && $0.group == "apiextensions.crossplane.io"
    }
    for object in cluster.objects where object.manifest.kind == CompositeDefinition.kind {
      // What nobody here can evaluate says nothing.
      guard let definition = try? CompositeDefinition(object.manifest.body.json).offeringClaims() else { continue }
      let own = compositions.compactMap { try? Composition($0.body.json) }
        .filter { $0.compositeKind == definition.compositeKind && $0.compositeVersion == definition.apiVersion }
      apis[GroupKind(group: definition.group, kind: definition.claimKind)] = PlatformAPI(definition, own)
    }
    return apis
  }

  private static func objects(of claim: PlacedObject, _ api: PlatformAPI) -> [PlacedObject] {
    let manifest = claim.manifest
    var json = manifest.body.json
    if let namespace = claim.namespace { json[path: "metadata", "namespace"] = .string(namespace) }
    guard let rendering = try? api.render(json) else { return [] }
    return rendering.objects.compactMap { object in
      let inner = object[path: "spec", "forProvider", "manifest"] ?? object
      guard let composed = Manifest(LocatedYAML(inner, at: manifest.body.location)) else { return nil }
      return PlacedObject(
        manifest: composed, application: claim.application, source: claim.source, wave: claim.wave,
        namespace: composed.namespace ?? claim.namespace)
    }
  }
}

extension Manifest {
  /// The field of a claim that says a text, one whose name has a word in it before others; nil where none does.
  func field(saying text: String, named word: String) -> [String]? {
    guard !text.isEmpty, let spec = self["spec"] else { return nil }
    let found = spec.fields(saying: text, at: ["spec"])
    return found.first { path in path.contains { $0.lowercased().contains(word) } } ?? found.first
  }
}

extension LocatedYAML {
  fileprivate func fields(saying text: String, at path: [String]) -> [[String]] {
    switch content {
    case .scalar(let value): value.stringValue == text ? [path] : []
    case .sequence(let items):
      items.enumerated().flatMap { $1.fields(saying: text, at: path + [String($0)]) }
    case .mapping(let entries): entries.flatMap { $0.value.fields(saying: text, at: path + [$0.key]) }
    }
  }
}
