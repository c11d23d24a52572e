import ZeroTouchManifests
import ZeroTouchModel

/// Goes through a cluster and says who needs what.
struct NeedReader {
  private let cluster: ClusterView
  private let providers: ProviderTable
  private let tree: RepositoryTree
  /// The namespaces that every cluster has, and those that Applications lie in.
  private let givenNamespaces: Set<String>
  private var askedNamespaces: Set<String> = []
  private let compositions: CompositionNeeds
  private let composed: ComposedObjects

  init(
    _ cluster: ClusterView, _ providers: ProviderTable, _ composed: ComposedObjects, _ tree: RepositoryTree
  ) {
    self.cluster = cluster
    self.providers = providers
    self.tree = tree
    givenNamespaces = Set(cluster.applications.map { $0.manifest.namespace ?? "argocd" }).union([
      "default", "kube-system", "kube-public", "kube-node-lease", "argocd",
    ])
    compositions = CompositionNeeds(cluster)
    self.composed = composed
  }

  mutating func all() -> [(ClusterGraph.User, Need)] {
    var all: [(ClusterGraph.User, Need)] = []
    for (index, object) in cluster.objects.enumerated() where object.application != nil {
      let needs = needs(of: object, becoming: composed.byClaim[index] ?? [])
      all += needs.map { (.object(index), $0) }
    }
    for application in cluster.applications {
      all += needs(of: application).map { (.application(application.id), $0) }
    }
    return all
  }

  private mutating func needs(of object: PlacedObject, becoming parts: [PlacedObject]) -> [Need] {
    let manifest = object.manifest
    let kind = manifest.groupKind
    var needs = Needs.of(object)
    if let need = namespace(of: object) { needs.append(need) }
    guard !kind.isBuiltIn, !kind.isArgoCDs else { return needs }
    needs.append(Need(.kind(kind), .toApply, at: ["kind"]))
    if providers.composites.contains(kind) {
      needs += compositions.needs(ofClaim: kind) + ClaimNeeds.all(of: object, becoming: parts)
    } else {
      let webhook = Need(.admission(kind), .toApply, at: ["kind"])
      if !providers.providers(of: webhook.capability, for: .application(object.application ?? 0)).isEmpty {
        needs.append(webhook)
      }
    }
    if manifest.kind == "Composition" {
      needs += CompositionNeeds.needs(of: manifest).map { Need($0.capability, .toBeOfUse, at: ["spec", "pipeline"]) }
      needs += TriggerNeeds.needs(ofComposition: manifest)
    }
    if providers.controlledGroups.contains(kind.group), kind.kind != "GatewayClass" {
      needs.append(Need(.controller(group: kind.group), at: ["kind"]))
    }
    return needs
  }

  /// The namespace an object lies in; asked once for every namespace of a sync, for that is enough.
  private mutating func namespace(of object: PlacedObject) -> Need? {
    let kind = object.manifest.groupKind
    guard let name = object.namespace, !name.isEmpty, !givenNamespaces.contains(name) else { return nil }
    let isNamespaced = kind.isNamespaced ?? providers.namespaced[kind] ?? (object.manifest.namespace != nil)
    guard isNamespaced, askedNamespaces.insert("\(object.application ?? -1) \(object.order) \(name)").inserted else {
      return nil
    }
    let path = object.manifest.namespace == nil ? ["metadata", "name"] : ["metadata", "namespace"]
    return Need(.namespace(name), .toApply, at: path)
  }

  private func needs(of application: DeployedApplication) -> [Need] {
    application.sources.flatMap { source -> [Need] in
      guard let chart = source.chart else { return [] }
      let values = CatalogueRendering.values(of: source, in: tree)
      let chartNeeds = RunningCharts.needs(of: chart, values: values, at: source.path + ["chart"])
      return chartNeeds
        + ValueLayers(source, in: tree).all.flatMap { layer in
          SecretReferenceScan(layer.node, at: layer.path(in: source, to: []), application.destinationNamespace).needs
        }
    }
  }
}

/// What a claim needs through the Composition that carries it out.
struct CompositionNeeds {
  private var byKind: [GroupKind: [Need]] = [:]

  init(_ cluster: ClusterView) {
    var compositeOf: [GroupKind: GroupKind] = [:]
    for object in cluster.objects where object.manifest.kind == "CompositeResourceDefinition" {
      let kinds = Provisions.composites(of: object.manifest)
      for kind in kinds { compositeOf[kind] = kinds[0] }
    }
    var ofComposite: [GroupKind: [Need]] = [:]
    for object in cluster.objects where object.manifest.kind == "Composition" {
      let reference = object.manifest["spec", "compositeTypeRef"]
      guard let kind = reference?["kind"]?.text, let version = reference?["apiVersion"]?.text else { continue }
      let group = version.split(separator: "/").first.map(String.init) ?? ""
      ofComposite[GroupKind(group: group, kind: kind), default: []] += Self.needs(of: object.manifest)
    }
    byKind = compositeOf.compactMapValues { ofComposite[$0] }
  }

  func needs(ofClaim kind: GroupKind) -> [Need] { byKind[kind] ?? [] }

  static func needs(of composition: Manifest) -> [Need] {
    let named = Capability.object(composition.groupKind, namespace: nil, name: composition.name)
    var capabilities = [named]
    for step in composition["spec", "pipeline"]?.items ?? [] {
      if let function = step["functionRef"]?["name"]?.text {
        capabilities.append(
          .object(GroupKind(group: "pkg.crossplane.io", kind: "Function"), namespace: nil, name: function))
      }
      for resource in step["input"]?["resources"]?.items ?? [] {
        capabilities += resource["base"].map(kinds) ?? []
      }
    }
    return Set(capabilities).map { Need($0, at: ["kind"]) }.sorted {
      $0.capability.description < $1.capability.description
    }
  }

  /// The kind of a composed object, and that of the manifest inside an Object of provider-kubernetes.
  private static func kinds(of base: LocatedYAML) -> [Capability] {
    guard let manifest = Manifest(base) else { return [] }
    let inner = base.node(at: ["spec", "forProvider", "manifest"]).map(kinds) ?? []
    return (manifest.groupKind.isBuiltIn ? [] : [.kind(manifest.groupKind)]) + inner
  }
}
