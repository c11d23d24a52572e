import ZeroTouchManifests
import ZeroTouchModel

/// Claims of volumes that wait for a pod which nobody makes, or which comes only behind them.
enum IdleClaims {
  private struct Name: Hashable {
    let namespace: String
    let claim: String
  }

  static func violations(_ graph: ClusterGraph, _ survey: Survey) -> [Rule.Violation] {
    let cluster = graph.cluster
    let claims = waiting(cluster)
    guard !claims.isEmpty else { return [] }
    let mounts = mounts(cluster)
    let named = named(cluster, Set(claims.map { cluster.objects[$0].manifest.name }), survey.tree)
    return claims.compactMap { index in
      let claim = cluster.objects[index]
      let name = Name(namespace: claim.namespace ?? "", claim: claim.manifest.name)
      guard let pods = mounts[name] else {
        guard !named.contains(name), !isOpen(name.namespace, cluster) else { return nil }
        return Rule.Violation(
          at: survey.place(of: claim, in: cluster),
          "no pod mounts `\(claim.manifest.title)`, whose StorageClass waits for the first one",
          severity: graph.isWaitedFor(index) ? nil : .warning)
      }
      return late(index, pods, graph).map { pod in
        Rule.Violation(
          at: survey.place(of: claim, in: cluster),
          "`\(claim.manifest.title)` waits for the first pod that mounts it, and `\(pod.manifest.title)` comes in a later wave",
          remedy: "give both the same wave")
      }
    }
  }

  /// The claims whose StorageClass waits for a pod.
  private static func waiting(_ cluster: ClusterView) -> [Int] {
    let classes = cluster.objects.map(\.manifest).filter {
      $0.kind == "StorageClass" && $0["volumeBindingMode"]?.text == "WaitForFirstConsumer"
    }
    let names = Set(classes.map(\.name))
    let isDefault = classes.contains { $0.annotation("storageclass.kubernetes.io/is-default-class") == "true" }
    return cluster.objects.indices.filter { index in
      let object = cluster.objects[index]
      guard object.manifest.kind == "PersistentVolumeClaim", object.application != nil,
        object.manifest.annotation("argocd.argoproj.io/ignore-healthcheck") != "true"
      else { return false }
      return object.manifest["spec", "storageClassName"]?.text.map(names.contains) ?? isDefault
    }
  }

  private static func mounts(_ cluster: ClusterView) -> [Name: [Int]] {
    var mounts: [Name: [Int]] = [:]
    for (index, object) in cluster.objects.enumerated() {
      for volume in PodTemplate(object.manifest)?.spec["volumes"]?.items ?? [] {
        guard let claim = volume["persistentVolumeClaim"]?["claimName"]?.text else { continue }
        mounts[Name(namespace: object.namespace ?? "", claim: claim), default: []].append(index)
      }
    }
    return mounts
  }

  /// The claims that a chart's values or a custom object name: their pods are not seen here.
  private static func named(_ cluster: ClusterView, _ claims: Set<String>, _ tree: RepositoryTree) -> Set<Name> {
    var named: Set<Name> = []
    func note(_ node: LocatedYAML, _ namespace: String?) {
      node.eachText { _, _, text in
        if claims.contains(text) { named.insert(Name(namespace: namespace ?? "", claim: text)) }
      }
    }
    for application in cluster.applications {
      for layer in application.sources.flatMap({ ValueLayers($0, in: tree).all }) {
        note(layer.node, application.destinationNamespace)
      }
    }
    for object in cluster.objects where !object.manifest.groupKind.isBuiltIn {
      if let spec = object.manifest["spec"] { note(spec, object.namespace) }
    }
    return named
  }

  /// Whether something that nobody knows may bring pods into a namespace: a chart for it, or what brings anything.
  private static func isOpen(_ namespace: String, _ cluster: ClusterView) -> Bool {
    cluster.unknowns.contains { unknown in
      let sources = ApplicationSource.all(of: unknown.manifest)
      guard unknown.manifest.isApplication, sources.contains(where: { $0.chart != nil }) else { return true }
      return unknown.manifest["spec", "destination", "namespace"]?.text == namespace
    }
  }

  /// The pod that comes first, where all of them come behind the claim.
  private static func late(_ claim: Int, _ pods: [Int], _ graph: ClusterGraph) -> PlacedObject? {
    let own = graph.position(of: .object(claim))
    let isLate = pods.allSatisfy { pod in
      if case .after = own.relation(to: graph.position(of: .object(pod))) { true } else { false }
    }
    return isLate ? pods.first.map { graph.cluster.objects[$0] } : nil
  }
}
