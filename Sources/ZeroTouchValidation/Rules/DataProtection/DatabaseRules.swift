import ZeroTouchManifests
import ZeroTouchModel

/// What databases of production are held to.
extension Rule {
  static let fewInstances = Rule(
    "ZT801", .warning, "a production database with fewer than three instances",
    why: "one lost machine is a lost database, or a write that nobody has twice",
    remedy: "set `instances: 3` or more",
    example: Example(
      wrong: "kind: PostgresInstance\nspec: {instances: 1}", right: "kind: PostgresInstance\nspec: {instances: 3}"),
    check: { survey in
      survey.protectedDatabases.compactMap { database in
        guard database.instances < 3 else { return nil }
        return Violation(
          at: survey.place(of: database.manifest, at: "spec", "instances"),
          "\(database.manifest.title) has \(database.instances == 1 ? "one instance" : "\(database.instances) instances") in production",
          severity: survey.severityOfLoss)
      }
    })

  static let asynchronousReplication = Rule(
    "ZT802", .warning, "a production database that replicates afterwards",
    why: "what was committed in the last second is gone with the primary",
    remedy: "set `replication: synchronous`; for a Cluster of CloudNativePG `postgresql.synchronous`",
    example: Example(wrong: "spec: {instances: 3}", right: "spec: {instances: 3, replication: synchronous}"),
    check: { survey in
      survey.protectedDatabases.compactMap { database in
        // With fewer instances synchronous replication stops every write when one is lost: that is told first.
        guard database.instances >= 3, !database.isSynchronous else { return nil }
        let path = database.isClaim ? ["spec", "replication"] : ["spec", "postgresql"]
        return Violation(
          at: survey.place(of: database.manifest, at: path),
          "\(database.manifest.title) replicates asynchronously in production", severity: survey.severityOfLoss)
      }
    })

  static let noArchive = Rule(
    "ZT803", .warning, "a production database without an archive",
    why: "there is no way back to the second before a mistake",
    remedy: "name the archive's bucket, region and Secret in `backup`",
    example: Example(
      wrong: "kind: PostgresInstance\nspec: {instances: 3}",
      right: "kind: PostgresInstance\nspec: {backup: {bucket: archive, region: eu-central-1, secretName: archive}}"),
    check: { survey in
      survey.protectedDatabases.compactMap { database in
        guard !database.isArchived else { return nil }
        return Violation(
          at: survey.place(of: database.manifest, at: "spec"),
          "\(database.manifest.title) archives no write-ahead logs in production", severity: survey.severityOfLoss)
      }
    })

  static let deletedWithItsClaim = Rule(
    "ZT804", .warning, "production data that goes with its YAML",
    why: "deleting a file in Git deletes the data",
    remedy: "set `deletionPolicy: Orphan`, and delete by hand what is to go",
    example: Example(wrong: "spec: {deletionPolicy: Delete}", right: "spec: {deletionPolicy: Orphan}"),
    check: { survey in
      let kinds: Set = [
        "PostgresInstance", "DragonflyInstance", "Bucket", "Instance", "Cluster", "RDSInstance", "CloudSQLInstance",
      ]
      return survey.inProduction(kinds).compactMap { _, object in
        // A cache is no data.
        guard object.manifest.kind != "DragonflyInstance", object.manifest["spec", "deletionPolicy"]?.text == "Delete"
        else { return nil }
        return Violation(
          at: survey.place(of: object.manifest, at: "spec", "deletionPolicy"),
          "\(object.manifest.title) is deleted with its YAML in production", severity: survey.severityOfLoss)
      }
    })

  static let volumesDeleted = Rule(
    "ZT805", .warning, "production volumes that go with their claim",
    why: "deleting a claim for a volume, by hand or by pruning, deletes what is on it",
    remedy: "set `reclaimPolicy: Retain`",
    example: Example(
      wrong: "kind: StorageClass\nprovisioner: rancher.io/local-path",
      right: "kind: StorageClass\nprovisioner: rancher.io/local-path\nreclaimPolicy: Retain"),
    check: { survey in
      let classes = survey.storageClasses.compactMap { cluster, object -> Violation? in
        guard object.manifest.body["reclaimPolicy"]?.text != "Retain" else { return nil }
        return Violation(
          at: survey.placeOfReclaimPolicy(object, in: cluster),
          "the StorageClass `\(object.manifest.name)` deletes volumes in production", severity: survey.severityOfLoss)
      }
      let charts = survey.applications.filter { $0.cluster.isProduction }.flatMap { cluster, application in
        application.sources.compactMap { source -> Violation? in
          // What the catalogue can render was judged above.
          guard source.helm?["valuesObject"]?["storageClass"]?["reclaimPolicy"]?.text == "Delete",
            !cluster.objects(of: application).contains(where: { $0.manifest.kind == "StorageClass" })
          else { return nil }
          let path = source.path + ["helm", "valuesObject", "storageClass", "reclaimPolicy"]
          return Violation(
            at: survey.place(of: application.manifest, at: path),
            "the StorageClass of `\(application.name)` deletes volumes in production", severity: survey.severityOfLoss)
        }
      }
      return classes + charts
    })

  static let volumesOfSetDeleted = Rule(
    "ZT806", .warning, "a StatefulSet that takes its volumes along",
    why: "deleting the set, or scaling it down, deletes the volumes' claims, and with most classes the data",
    remedy: "take `persistentVolumeClaimRetentionPolicy` away, or write `Retain`",
    example: Example(
      wrong: "persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}",
      right: "persistentVolumeClaimRetentionPolicy: {whenDeleted: Retain}"),
    check: { survey in
      survey.inProduction(["StatefulSet"]).compactMap { _, object in
        let policy = object.manifest["spec", "persistentVolumeClaimRetentionPolicy"]
        guard let key = ["whenDeleted", "whenScaled"].first(where: { policy?[$0]?.text == "Delete" }) else {
          return nil
        }
        return Violation(
          at: survey.place(of: object.manifest, at: "spec", "persistentVolumeClaimRetentionPolicy", key),
          "\(object.manifest.title) deletes its volumes in production")
      }
    })

  static let definitionsPruned = Rule(
    "ZT807", .warning, "definitions that are pruned",
    why: "one wrong commit deletes a kind, and with it every object of it on the cluster",
    remedy: "set `prune: false` on the Application that brings definitions",
    example: Example(
      wrong: "syncPolicy: {automated: {prune: true}}   # and the folder holds XRDs",
      right: "syncPolicy: {automated: {prune: false}}"),
    check: { survey in
      survey.clusters.filter(\.isProduction).flatMap { cluster -> [Violation] in
        let kinds: Set = ["CustomResourceDefinition", "CompositeResourceDefinition"]
        var told: Set<Int> = []
        return cluster.objects.compactMap { object in
          if case .chart = object.manifest.origin { return nil }
          guard kinds.contains(object.manifest.kind), let application = cluster.application(object.application),
            application.spec?.node(at: ["syncPolicy", "automated", "prune"])?.scalar == .bool(true),
            !(object.manifest.annotation("argocd.argoproj.io/sync-options") ?? "").contains("Prune="),
            told.insert(application.id).inserted
          else { return nil }
          return Violation(
            at: survey.place(of: application.manifest, at: "spec", "syncPolicy", "automated", "prune"),
            "the Application `\(application.name)` prunes definitions, `\(object.manifest.name)` among them")
        }
      }
    })
}
