import ZeroTouchManifests
import ZeroTouchModel

/// A database of production, as a cluster gets it.
struct ProtectedDatabase {
  let object: PlacedObject
  /// Whether it is a claim of the platform's own API, or else a Cluster of CloudNativePG.
  let isClaim: Bool

  var manifest: Manifest { object.manifest }
  /// What both count from where nothing is said.
  var instances: Int { manifest["spec", "instances"]?.json.intValue ?? 1 }

  var isSynchronous: Bool {
    if isClaim { return manifest["spec", "replication"]?.text == "synchronous" }
    return manifest["spec", "postgresql", "synchronous"] != nil
      || (manifest["spec", "minSyncReplicas"]?.json.intValue ?? 0) > 0
  }

  var isArchived: Bool {
    if isClaim { return manifest["spec", "backup"] != nil }
    let plugins = manifest["spec", "plugins"]?.items ?? []
    return manifest["spec", "backup", "barmanObjectStore"] != nil
      || plugins.contains { $0["isWALArchiver"]?.scalar == .bool(true) }
  }
}

extension Survey {
  /// The objects of a kind that clusters of production get.
  func inProduction(_ kinds: Set<String>) -> [(cluster: ClusterView, object: PlacedObject)] {
    placed(kinds).filter { $0.cluster.isProduction }
  }

  /// The databases that production is to keep: those that some cluster gets. What nobody deploys is an example.
  var protectedDatabases: [ProtectedDatabase] {
    inProduction(["PostgresInstance", "Cluster"]).compactMap { _, object in
      let isClaim = object.manifest.kind == "PostgresInstance"
      guard isClaim || object.manifest.group == "postgresql.cnpg.io" else { return nil }
      return ProtectedDatabase(object: object, isClaim: isClaim)
    }
  }

  /// How bad it is to lose data of production: whoever asks about production alone wants it kept.
  var severityOfLoss: Diagnostic.Severity { ["production", "prod"].contains(stage) ? .error : .warning }

  /// The StorageClasses of production, those of charts as their values make them.
  var storageClasses: [(cluster: ClusterView, object: PlacedObject)] {
    clusters.filter(\.isProduction).flatMap { cluster in
      cluster.objects.filter { $0.manifest.group == "storage.k8s.io" && $0.manifest.kind == "StorageClass" }
        .map { (cluster, $0) }
    }
  }

  /// Where a StorageClass says what becomes of its volumes: in the values, where a chart makes it of them.
  func placeOfReclaimPolicy(_ object: PlacedObject, in cluster: ClusterView) -> SourceLocation {
    guard case .chart = object.manifest.origin, let application = cluster.application(object.application) else {
      return place(of: object.manifest, at: "reclaimPolicy")
    }
    let path = application.sources[object.source].path + ["helm", "valuesObject", "storageClass"]
    for key in [["reclaimPolicy"], []] where application.manifest.body.node(at: path + key) != nil {
      return place(of: application.manifest, at: path + key)
    }
    return place(of: object, in: cluster)
  }
}

extension ClusterView {
  /// Whether its entry point is named as that of production.
  var isProduction: Bool {
    let words = entry.lowercased().split { !$0.isLetter }
    return words.contains("production") || words.contains("prod")
  }
}
