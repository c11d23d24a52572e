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

  /// The databases that production is to keep; in a folder of examples lies nobody's data.
  var protectedDatabases: [ProtectedDatabase] {
    inProduction(["PostgresInstance", "Cluster"]).compactMap { _, object in
      let isClaim = object.manifest.kind == "PostgresInstance"
      guard isClaim || object.manifest.group == "postgresql.cnpg.io" else { return nil }
      let folders = place(of: object.manifest, at: "kind").file.split(separator: "/").dropLast()
      guard !folders.contains(where: { $0 == "example" || $0 == "examples" }) else { return nil }
      return ProtectedDatabase(object: object, isClaim: isClaim)
    }
  }
}

extension ClusterView {
  /// Whether its entry point is named as that of production.
  var isProduction: Bool {
    let words = entry.lowercased().split { !$0.isLetter }
    return words.contains("production") || words.contains("prod")
  }
}
