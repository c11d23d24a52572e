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
    var owners: [Key: Int] = [:]
    var violations: [Rule.Violation] = []
    for object in cluster.objects {
      guard let id = object.application, let key = key(object, cluster.applications[id]) else { continue }
      guard let first = owners[key] else {
        owners[key] = id
        continue
      }
      guard first != id else { continue }
      violations.append(
        Rule.Violation(
          at: survey.place(of: object, in: cluster),
          "`\(object.manifest.title)` belongs to `\(cluster.applications[first].name)` and to "
            + "`\(cluster.applications[id].name)`"))
    }
    return violations
  }

  private static func key(_ object: PlacedObject, _ application: DeployedApplication) -> Key? {
    // Hooks are made anew by every sync; generated names are nobody's.
    guard object.manifest.annotation("argocd.argoproj.io/hook") == nil,
      object.manifest["metadata", "name"] != nil, !object.manifest.leadsOn
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
    "kube-prometheus-stack", "prometheus-operator-crds", "keda", "cloudnative-pg",
  ]

  static func violations(_ cluster: ClusterView, _ survey: Survey) -> [Rule.Violation] {
    let lacking = Set(
      cluster.applications.filter { !$0.has(option: "ServerSideApply=true") && !$0.has(option: "Replace=true") }
        .map(\.id))
    let charts = cluster.applications.filter { lacking.contains($0.id) }.flatMap { application in
      application.sources.compactMap { source -> Rule.Violation? in
        guard let chart = source.chart, Self.charts.contains(chart), source.helm?["skipCrds"]?.scalar != .bool(true)
        else { return nil }
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
