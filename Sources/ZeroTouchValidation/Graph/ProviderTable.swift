import ZeroTouchManifests
import ZeroTouchModel

/// Everything that anything on a cluster provides.
struct ProviderTable: Sendable {
  struct Provider: Sendable {
    let application: Int?
    let position: SyncPosition
  }

  private struct Key: Hashable {
    let capability: Capability
    let destination: String
  }

  let cluster: ClusterView
  /// The way to each Application, itself included.
  private let ways: [[SyncPosition.Step]]
  private let destinations: [String]
  private var table: [Key: [Provider]] = [:]
  private(set) var composites: Set<GroupKind> = []
  /// Every kind that something defines, and on which clusters.
  private(set) var definedKinds: [GroupKind: Set<String>] = [:]
  /// The groups whose kinds an operator defines while it runs.
  private(set) var definedGroups: Set<String> = []
  /// Every namespace that something makes.
  private(set) var namespaces: Set<String> = []
  /// The kind behind `resources` of a webhook: by group and plural.
  private var plurals: [String: GroupKind] = [:]
  /// The kinds whose objects lie in namespaces, as their definitions say.
  private(set) var namespaced: [GroupKind: Bool] = [:]
  /// The groups whose objects an Application other than that of their CRDs acts on.
  private(set) var controlledGroups: Set<String> = []

  init(_ cluster: ClusterView, _ composed: ComposedObjects) {
    self.cluster = cluster
    var ways: [[SyncPosition.Step]] = []
    for application in cluster.applications {
      let way = application.parent.map { ways[$0] } ?? []
      let step = SyncPosition.Step(
        scope: application.parent, order: application.wave, item: .application(application.id))
      ways.append(way + [step])
    }
    self.ways = ways
    destinations = cluster.applications.map(\.destination)
    enterObjects()
    for (index, parts) in composed.byClaim { enter(parts, ofClaim: index) }
    enterApplications()
    enterWebhooks()
  }

  func application(of user: ClusterGraph.User) -> Int? {
    switch user {
    case .object(let index): cluster.objects[index].application
    case .application(let id): id
    }
  }

  func position(of user: ClusterGraph.User) -> SyncPosition {
    switch user {
    case .object(let index): position(of: index)
    case .application(let id): beginning(of: id)
    }
  }

  /// Who provides something on the cluster the user is applied to.
  func providers(of capability: Capability, for user: ClusterGraph.User) -> [Provider] {
    let destination = destination(of: application(of: user))
    let exact = table[Key(capability: capability, destination: destination)] ?? []
    guard exact.isEmpty, case .kind(let kind) = capability else { return exact }
    return table[Key(capability: .group(kind.group), destination: destination)] ?? []
  }

  func destination(of application: Int?) -> String {
    application.map { destinations[$0] } ?? "https://kubernetes.default.svc"
  }

  private func position(of index: Int) -> SyncPosition {
    let object = cluster.objects[index]
    let way = object.application.map { ways[$0] } ?? []
    // An Application's own object is the Application: one step stands for both.
    return SyncPosition(
      steps: way + [SyncPosition.Step(scope: object.application, order: object.order, item: .object(index))])
  }

  private func beginning(of id: Int) -> SyncPosition {
    SyncPosition(steps: ways[id] + [SyncPosition.Step(scope: id, order: .min, item: .beginning)])
  }

  private mutating func enter(_ capability: Capability, _ application: Int?, _ position: SyncPosition) {
    let key = Key(capability: capability, destination: destination(of: application))
    table[key, default: []].append(Provider(application: application, position: position))
    switch capability {
    case .kind(let kind): definedKinds[kind, default: []].insert(key.destination)
    case .group(let group): definedGroups.insert(group)
    case .object(let kind, nil, let name) where kind.kind == "Namespace": namespaces.insert(name)
    default: break
    }
  }
}

extension ProviderTable {
  /// Built-in kinds whose objects others ask for by name.
  private static let askedFor: Set<String> = [
    "Namespace", "Secret", "ConfigMap", "Service", "StorageClass", "ServiceAccount", "PriorityClass",
  ]

  private mutating func enterObjects() {
    for (index, object) in cluster.objects.enumerated() {
      let manifest = object.manifest
      let kind = manifest.groupKind
      note(manifest)
      let isAskedFor = !kind.isBuiltIn || Self.askedFor.contains(kind.kind)
      let more = Provisions.of(object)
      guard isAskedFor || !more.isEmpty else { continue }
      let position = position(of: index)
      for capability in more { enter(capability, object.application, position) }
      guard isAskedFor else { continue }
      enter(.object(kind, namespace: object.namespace, name: manifest.name), object.application, position)
      // Only its definition knows whether a custom object has a namespace: it is found either way.
      if kind.isNamespaced == nil, manifest.namespace == nil, object.namespace != nil {
        enter(.object(kind, namespace: nil, name: manifest.name), object.application, position)
      }
    }
  }

  /// What a claim becomes is there once the claim is.
  private mutating func enter(_ parts: [PlacedObject], ofClaim index: Int) {
    let position = position(of: index)
    for part in parts {
      let kind = part.manifest.groupKind
      for capability in Provisions.of(part) { enter(capability, part.application, position) }
      guard kind.isBuiltIn, Self.askedFor.contains(kind.kind), !part.manifest.name.isEmpty else { continue }
      enter(.object(kind, namespace: part.namespace, name: part.manifest.name), part.application, position)
    }
  }

  private mutating func note(_ manifest: Manifest) {
    if manifest.kind == "CompositeResourceDefinition" {
      composites.formUnion(Provisions.composites(of: manifest))
      namespaced.merge(Provisions.scopes(of: manifest)) { _, last in last }
    }
    guard manifest.kind == "CustomResourceDefinition", let kind = Provisions.definition(manifest) else { return }
    namespaced[kind] = manifest["spec", "scope"]?.text != "Cluster"
    if let plural = manifest["spec", "names", "plural"]?.text { plurals["\(plural).\(kind.group)"] = kind }
  }

  private mutating func enterApplications() {
    var chartOf: [String: Int] = [:]
    for application in cluster.applications {
      if application.has(option: "CreateNamespace=true"), let name = application.destinationNamespace {
        enter(.namespace(name), application.id, beginning(of: application.id))
      }
      for chart in application.sources.compactMap(\.chart) {
        chartOf[chart] = application.id
        for capability in RunningCharts.provisions(of: chart) {
          enter(capability, application.id, beginning(of: application.id))
          if case .controller(let group) = capability { controlledGroups.insert(group) }
        }
      }
    }
    enterControllers(chartOf)
  }

  /// `x` acts on the objects of the kinds that `x-crds` defines.
  private mutating func enterControllers(_ chartOf: [String: Int]) {
    for object in cluster.objects where object.manifest.kind == "CustomResourceDefinition" {
      guard let definer = cluster.application(object.application), let kind = Provisions.definition(object.manifest),
        let chart = definer.sources.compactMap(\.chart).first(where: { $0.hasSuffix("-crds") }),
        let controller = chartOf[String(chart.dropLast("-crds".count))], controlledGroups.insert(kind.group).inserted
      else { continue }
      enter(.controller(group: kind.group), controller, beginning(of: controller))
    }
  }

  private mutating func enterWebhooks() {
    for (index, object) in cluster.objects.enumerated() where object.manifest.kind.hasSuffix("WebhookConfiguration") {
      for webhook in object.manifest.body["webhooks"]?.items ?? [] {
        guard webhook["failurePolicy"]?.text != "Ignore", webhook["clientConfig"]?["service"] != nil else { continue }
        for kind in kinds(of: webhook) { enter(.admission(kind), object.application, position(of: index)) }
      }
    }
  }

  private func kinds(of webhook: LocatedYAML) -> [GroupKind] {
    (webhook["rules"]?.items ?? []).flatMap { rule -> [GroupKind] in
      let groups = (rule["apiGroups"]?.items ?? []).compactMap(\.text)
      let resources = (rule["resources"]?.items ?? []).compactMap(\.text)
      return groups.flatMap { group in resources.compactMap { plurals["\($0).\(group)"] } }
    }
  }
}
