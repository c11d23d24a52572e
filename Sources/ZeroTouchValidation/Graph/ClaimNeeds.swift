import ZeroTouchManifests

/// What a claim needs through the very objects that it becomes: Secrets its pods read, Services its scaling asks.
enum ClaimNeeds {
  static func all(of claim: PlacedObject, becoming composed: [PlacedObject]) -> [Need] {
    let provided = composed.flatMap { object -> [Capability] in
      let own = Capability.object(object.manifest.groupKind, namespace: object.namespace, name: object.manifest.name)
      return Provisions.of(object) + [own]
    }
    var seen = Set(provided)
    return composed.flatMap(Needs.of).filter { seen.insert($0.capability).inserted }
      .map { Need($0.capability, $0.strength, at: field(of: claim.manifest, naming: $0.capability) ?? ["spec"]) }
  }

  /// Where a claim itself names what it needs; nil where its Composition does.
  private static func field(of claim: Manifest, naming capability: Capability) -> [String]? {
    guard case .object(let kind, _, let name) = capability, kind.isBuiltIn else { return nil }
    return claim.field(saying: name, named: kind.kind.lowercased())
  }
}
