import ZeroTouchManifests
import ZeroTouchModel

/// What a claim needs through the very objects that it becomes: Secrets its pods read, Services its scaling asks.
struct ClaimNeeds {
  private var apis: [GroupKind: PlatformAPI] = [:]

  init(_ cluster: ClusterView) {
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
  }

  func needs(of claim: PlacedObject) -> [Need] {
    let composed = objects(of: claim)
    let provided = composed.flatMap { object -> [Capability] in
      let own = Capability.object(object.manifest.groupKind, namespace: object.namespace, name: object.manifest.name)
      return Provisions.of(object) + [own]
    }
    var seen = Set(provided)
    return composed.flatMap(Needs.of).filter { seen.insert($0.capability).inserted }
      .map { Need($0.capability, $0.strength, at: ["spec"]) }
  }

  private func objects(of claim: PlacedObject) -> [PlacedObject] {
    let manifest = claim.manifest
    guard let api = apis[manifest.groupKind] else { return [] }
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
