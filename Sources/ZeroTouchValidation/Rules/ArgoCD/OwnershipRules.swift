import ZeroTouchManifests
import ZeroTouchModel

/// What objects do to each other and to the API server once they are applied.
extension Rule {
  static let twoOwners = Rule(
    "ZT319", .error, "two Applications that own one object",
    why: "each puts its own text there and takes the other's away; with pruning one of them deletes it",
    remedy: "leave the object to one of them",
    example: Example(
      wrong: "# apps/a and apps/b both hold\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}",
      right: "# apps/a alone holds\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}"),
    check: { survey in survey.clusters.flatMap { TwoOwners.violations($0, survey) } })

  static let largeDefinition = Rule(
    "ZT320", .error, "a CustomResourceDefinition too large for client-side apply",
    why:
      "client-side apply keeps the whole object in an annotation, which holds 262144 bytes: the API server refuses it",
    remedy: "add `ServerSideApply=true` to the Application's syncOptions",
    example: Example(
      wrong: "chart: kube-prometheus-stack\n…\nsyncOptions: [CreateNamespace=true]",
      right: "chart: kube-prometheus-stack\n…\nsyncOptions: [CreateNamespace=true, ServerSideApply=true]"),
    check: { survey in survey.clusters.flatMap { LargeDefinitions.violations($0, survey) } })
}

private enum TwoOwners {
  private struct Key: Hashable {
    let kind: GroupKind
    let namespace: String?
    let name: String
    let destination: String
  }

  static func violations(_ cluster: ClusterView, _ survey: Survey) -> [Rule.Violation] {
    // The Applications of a kustomization that is not rendered may get other names there.
    let open = Set(cluster.unknowns.map(\.manifest.name))
    var owners: [Key: PlacedObject] = [:]
    var violations: [Rule.Violation] = []
    for object in cluster.objects {
      guard let application = cluster.application(object.application), let key = key(object, application),
        !object.manifest.leadsOn || !open.contains(application.name)
      else { continue }
      guard let first = owners[key] else {
        owners[key] = object
        continue
      }
      if let violation = violation(first, object, cluster, survey) { violations.append(violation) }
    }
    return violations
      + cluster.namesTwice.map {
        Rule.Violation(
          at: survey.place(of: $0.set, at: "spec", "template", "metadata", "name"),
          "the ApplicationSet `\($0.set.name)` makes several Applications `\($0.name)`: Argo CD refuses all of them",
          remedy: "put into the name what tells them apart")
      }
  }

  /// What is wrong with an object that stands twice; nil where both are the same text, or where a chart repeats itself.
  private static func violation(
    _ first: PlacedObject, _ object: PlacedObject, _ cluster: ClusterView, _ survey: Survey
  ) -> Rule.Violation? {
    let title = "`\(object.manifest.title)`"
    let owners = [first, object].map { cluster.application($0.application)?.name ?? "" }
    if first.application != object.application {
      // A folder that two Applications read is told by its objects, not by the Applications in it.
      guard !object.manifest.leadsOn || isWrittenTwice(first, object) else { return nil }
      return Rule.Violation(
        at: survey.place(of: object, in: cluster), "\(title) belongs to `\(owners[0])` and to `\(owners[1])`")
    }
    guard isWrittenTwice(first, object) else { return nil }
    let isSame = first.manifest.body.json == object.manifest.body.json
    return Rule.Violation(
      at: survey.place(of: object, in: cluster),
      "\(title) stands twice in what `\(owners[0])` applies"
        + (isSame ? "" : ": the last one wins, and the other is never deployed"),
      remedy: "keep one of them, or give one of them another name", severity: isSame ? .warning : nil)
  }

  private static func isWrittenTwice(_ first: PlacedObject, _ object: PlacedObject) -> Bool {
    let origins = [first.manifest.origin, object.manifest.origin]
    let isOfChart = origins.contains { if case .chart = $0 { true } else { false } }
    return !isOfChart && first.manifest.body.location != object.manifest.body.location
  }

  private static func key(_ object: PlacedObject, _ application: DeployedApplication) -> Key? {
    // Hooks are made anew by every sync; generated names are nobody's.
    guard object.manifest.annotation("argocd.argoproj.io/hook") == nil,
      object.manifest["metadata", "name"] != nil
    else { return nil }
    return Key(
      kind: object.manifest.groupKind, namespace: object.namespace, name: object.manifest.name,
      destination: application.destination)
  }
}

private enum LargeDefinitions {
  private static let most = 262_144
  /// Charts whose definitions are known to be larger.
  private static let charts: Set<String> = [
    "kube-prometheus-stack", "prometheus-operator-crds", "keda", "cloudnative-pg", "external-secrets", "argo-cd",
  ]
  /// The first version of a chart whose definitions are too large.
  private static let first = ["external-secrets": SemanticVersion(0, 16, 0), "argo-cd": SemanticVersion(10, 0, 0)]
  /// The value by which a chart leaves its definitions out.
  private static let switches: [String: [String]] = [
    "kube-prometheus-stack": ["crds", "enabled"], "keda": ["crds", "install"], "cloudnative-pg": ["crds", "create"],
    "external-secrets": ["installCRDs"], "argo-cd": ["crds", "install"],
  ]

  /// Whether a chart of this name, version and values brings definitions that are too large.
  private static func isTooLarge(_ chart: String, _ source: ApplicationSource, _ survey: Survey) -> Bool {
    guard charts.contains(chart), source.helm?["skipCrds"]?.scalar != .bool(true) else { return false }
    if let first = first[chart], let version = SemanticVersion(source.revision), version < first { return false }
    guard let path = switches[chart] else { return true }
    let layers = ValueLayers(source, in: survey.tree)
    return !layers.isOpen
      && layers.all.reversed().lazy.compactMap { $0.node.node(at: path)?.scalar }.first != .bool(false)
  }

  static func violations(_ cluster: ClusterView, _ survey: Survey) -> [Rule.Violation] {
    let lacking = Set(
      cluster.applications.filter { !$0.has(option: "ServerSideApply=true") && !$0.has(option: "Replace=true") }
        .map(\.id))
    let charts = cluster.applications.filter { lacking.contains($0.id) }.flatMap { application in
      application.sources.compactMap { source -> Rule.Violation? in
        guard let chart = source.chart, isTooLarge(chart, source, survey) else { return nil }
        return Rule.Violation(
          at: survey.place(of: application.manifest, at: source.path + ["chart"]),
          "the CRDs of the chart `\(chart)` are too large for how `\(application.name)` applies them")
      }
    }
    return charts + objects(cluster, lacking, survey)
  }

  private static func objects(_ cluster: ClusterView, _ lacking: Set<Int>, _ survey: Survey) -> [Rule.Violation] {
    cluster.objects.compactMap { object in
      guard object.manifest.kind == "CustomResourceDefinition", let id = object.application, lacking.contains(id),
        object.manifest.annotation("argocd.argoproj.io/sync-options")?.contains("ServerSideApply=true") != true
      else { return nil }
      let size = object.manifest.body.json.encoded().count
      guard size > most else { return nil }
      return Rule.Violation(
        at: survey.place(of: object, in: cluster),
        "`\(object.manifest.title)` has \(size) bytes, and `\(cluster.applications[id].name)` applies it on the client")
    }
  }
}
