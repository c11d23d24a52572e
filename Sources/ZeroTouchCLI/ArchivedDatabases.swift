import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchValidation

/// Finds the databases that Git deploys to one cluster and that archive.
struct ArchivedDatabases: Sendable {
  let environment: LiveEnvironment
  let bootstrap: Bootstrap

  func found() async throws -> [ArchivedDatabase] {
    let databases = try await survey().clusters.flatMap(\.objects).compactMap { object -> ArchivedDatabase? in
      let manifest = object.manifest
      guard manifest.kind == "PostgresInstance", manifest["spec", "backup"] != nil else { return nil }
      return ArchivedDatabase(
        namespace: object.namespace ?? "default", name: manifest.name,
        incarnation: manifest["spec", "incarnation"]?.scalar?.intValue ?? 1,
        isRestored: manifest["spec", "restore"] != nil, file: manifest.file)
    }
    return Set(databases).sorted { ($0.namespace, $0.name, $0.file) < ($1.namespace, $1.name, $1.file) }
  }

  /// What the cluster's stage deploys, or everything where no folder is called after the stage.
  private func survey() async throws -> Survey {
    let (root, stage) = (bootstrap.layout.root, bootstrap.spec.stage.rawValue)
    do { return try await RepositoryValidation(environment: environment, stage: stage).survey(root) } catch is Refusal {
      return try await RepositoryValidation(environment: environment, stage: nil).survey(root)
    }
  }
}
