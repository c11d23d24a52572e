import ZeroTouchManifests

/// The Services inside the cluster that scaling asks: while one does not answer, the ScaledObject is not ready.
enum TriggerNeeds {
  /// What a ScaledObject or ScaledJob asks.
  static func needs(of manifest: Manifest) -> [Need] {
    services(asked: manifest.body).map { Need($0, at: ["spec", "triggers"]) }
  }

  /// What a Composition has its ScaledObjects ask, unless a claim says otherwise.
  static func needs(ofComposition manifest: Manifest) -> [Need] {
    ComposedTemplate.all(in: manifest).compactMap(\.object).filter { isOfKEDA($0) }.flatMap(services)
      .map { Need($0, .toBeOfUse, at: ["spec", "pipeline"]) }
  }

  private static func isOfKEDA(_ object: LocatedYAML) -> Bool {
    object["apiVersion"]?.text?.hasPrefix("keda.sh/") == true
  }

  private static func services(asked object: LocatedYAML) -> [Capability] {
    (object.node(at: ["spec", "triggers"])?.items ?? []).flatMap { $0["metadata"]?.entries ?? [] }
      .compactMap { $0.value.text }.compactMap(service)
  }

  /// The Service behind an address such as `http://nats.nats.svc.cluster.local:8222/path`.
  static func service(at address: String) -> Capability? {
    let host = address.split(separator: "://", maxSplits: 1).last ?? ""
    let name = host.prefix { !":/?".contains($0) }.split(separator: ".", omittingEmptySubsequences: false)
    guard name.count >= 3, name[2] == "svc", !name[0].isEmpty, !name[1].isEmpty else { return nil }
    return .object(GroupKind(group: "", kind: "Service"), namespace: String(name[1]), name: String(name[0]))
  }
}
