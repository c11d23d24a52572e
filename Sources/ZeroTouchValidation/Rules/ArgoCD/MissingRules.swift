import ZeroTouchManifests
import ZeroTouchModel

/// What pods and volumes ask for by name and nothing makes.
extension Rule {
  static let nothingMakesIt = Rule(
    "ZT334", .warning, "something that a pod or a volume names and nothing makes",
    why: "the pod is not created, or waits for ever, until somebody makes it by hand on every new cluster",
    remedy: "add it to what Argo CD applies, or correct the name",
    example: Example(
      wrong: "serviceAccountName: shop   # and there is no ServiceAccount `shop` in the namespace",
      right: "kind: ServiceAccount\nmetadata: {name: shop}\n---\nserviceAccountName: shop"),
    check: { survey in
      MissingThings.all(survey).flatMap { graph, missing in
        missing.certain.map { unmet in
          Violation(
            at: survey.place(of: graph.manifest(of: unmet.user), at: unmet.need.path),
            "nothing makes \(unmet.need.capability), which `\(graph.manifest(of: unmet.user).title)` names")
        }
      }
    })
}

/// What is asked for by name on a cluster and what nothing in this repository makes.
private struct MissingThings {
  /// What cannot come from elsewhere, as far as anybody can tell.
  private(set) var certain: [ClusterGraph.Unmet] = []
  /// What may.
  private(set) var possible: [ClusterGraph.Unmet] = []

  private let cluster: ClusterView
  /// The namespaces into which a chart deploys: charts make more than a catalogue knows.
  private let withCharts: Set<String>
  /// The names of custom objects, by namespace: operators name what they make after them.
  private let customNames: [String: [String]]
  private let areClassesKnown: Bool
  /// What lies in files, whoever applies them.
  private let written: Set<String>
  /// What a spec without a store has to name, and what is injected then.
  private let injected: Set<Capability>

  /// Of every cluster that lacks something.
  static func all(_ survey: Survey) -> [(graph: ClusterGraph, missing: MissingThings)] {
    let lacking = survey.graphs.filter { !$0.lacking.isEmpty }
    guard !lacking.isEmpty else { return [] }
    let written = Set(
      ["StorageClass", "ConfigMap", "ServiceAccount"].flatMap { kind in
        survey.manifests(ofKind: kind).map { "\(kind)/\($0.name)" }
      })
    // Storage often comes from an entry point of its own.
    let fetched = Set(survey.clusters.flatMap(\.fetchedSecrets))
    let isOnMachines = survey.hasMachines && survey.clusters.allSatisfy(\.unknowns.isEmpty)
    return lacking.map { ($0, MissingThings($0, survey, written, fetched, isOnMachines)) }
  }

  private init(
    _ graph: ClusterGraph, _ survey: Survey, _ written: Set<String>, _ fetched: Set<Capability>, _ isOnMachines: Bool
  ) {
    injected = Overlay.isStoreless(path: graph.cluster.entry) ? fetched : []
    cluster = graph.cluster
    self.written = written
    withCharts = Set(
      cluster.applications.filter { $0.sources.contains { $0.chart != nil } }.compactMap(\.destinationNamespace))
    let custom = cluster.objects.filter { !$0.manifest.groupKind.isBuiltIn && $0.namespace != nil }
    customNames = Dictionary(grouping: custom, by: { $0.namespace ?? "" }).mapValues { $0.map(\.manifest.name) }
    let storage = cluster.objects.contains { $0.manifest.kind == "StorageClass" }
    let hasCharts = cluster.applications.contains { $0.sources.contains { $0.chart != nil } }
    areClassesKnown = isOnMachines && !cluster.isPreview && (storage || !hasCharts)
    sort(graph, survey)
  }

  private mutating func sort(_ graph: ClusterGraph, _ survey: Survey) {
    let copies: Set = ["ClusterExternalSecret", "ClusterPolicy", "ClusterSecret", "SyncSecret", "Bundle"]
    let isOpen = !cluster.unknowns.isEmpty || cluster.objects.contains { copies.contains($0.manifest.kind) }
    var told: Set<Capability> = []
    for unmet in graph.lacking where told.insert(unmet.need.capability).inserted {
      guard !survey.illustrations.contains(graph.manifest(of: unmet.user).file), !isGiven(unmet.need.capability)
      else { continue }
      if !isOpen, isCertain(unmet.need.capability) { certain.append(unmet) } else { possible.append(unmet) }
    }
  }

  /// What every cluster has, or what this program puts there.
  private func isGiven(_ capability: Capability) -> Bool {
    if injected.contains(capability) { return true }
    guard case .object(let kind, let namespace, let name) = capability else { return false }
    if kind.kind == "ConfigMap" { return name == "kube-root-ca.crt" }
    // `zerotouch inject-secrets` makes it.
    return kind.kind == "Secret" && namespace == "external-secrets" && name == "aws-access-token"
  }

  private func isCertain(_ capability: Capability) -> Bool {
    switch capability {
    case .defaultStorageClass: return areClassesKnown
    case .object(let kind, let namespace, let name):
      guard !written.contains("\(kind.kind)/\(name)") else { return false }
      switch kind.kind {
      case "StorageClass": return areClassesKnown
      case "ConfigMap", "ServiceAccount":
        let namespace = namespace ?? ""
        return !withCharts.contains(namespace) && !(customNames[namespace] ?? []).contains(where: name.hasPrefix)
      default: return false
      }
    default: return false
    }
  }
}

extension ClusterView {
  /// The Secrets that ExternalSecrets make.
  fileprivate var fetchedSecrets: [Capability] {
    objects.filter { $0.manifest.group == "external-secrets.io" }.flatMap(Provisions.of)
  }
}

extension Survey {
  /// What a cluster has to have from elsewhere, Secrets above all; whether it does was not checked.
  var thingsFromElsewhere: [Note] {
    MissingThings.all(self).flatMap { graph, missing in
      missing.possible.compactMap { unmet -> Note? in
        // A cloud has a default class of its own.
        if case .defaultStorageClass = unmet.need.capability { return nil }
        return Note(
          at: place(of: graph.manifest(of: unmet.user), at: unmet.need.path),
          "nothing here makes \(unmet.need.capability): whether the cluster has it is unknown")
      }
    }
  }
}
