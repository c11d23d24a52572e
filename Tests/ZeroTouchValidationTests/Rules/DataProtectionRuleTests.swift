import Testing
import ZeroTouchModel

@testable import ZeroTouchValidation

struct DataProtectionRuleTests {
  private static let database = """
    apiVersion: platform.example.org/v1
    kind: PostgresInstance
    metadata:
      name: orders
    spec:
      instances: 3
      replication: synchronous
      deletionPolicy: Orphan
      backup: {bucket: archive}
    """

  /// What is found where the objects go to a cluster of this stage.
  private func found(
    _ rule: Rule, _ text: String = database, stage: String = "production", prune: Bool = false,
    folder: String = "objects"
  ) async throws -> [String] {
    let source = "source: {repoURL: https://github.com/a/b.git, path: \(folder), targetRevision: main}"
    let policy = "\nsyncPolicy: {automated: {prune: \(prune)}}"
    return try await findings(
      ["root/\(stage)/shop.yaml": application("shop", spec: source + policy), "\(folder)/a.yaml": text], rule)
  }

  @Test func `a database with too few instances is found in production, and nowhere else`() async throws {
    let one = Self.database.replacing("instances: 3", with: "instances: 1")
    #expect(try await found(.fewInstances, one) == ["ZT801 objects/a.yaml:6"])
    #expect(try await found(.fewInstances, one, stage: "dev") == [])
    // A tenant may be called so; what no Application deploys is an example.
    #expect(try await found(.fewInstances, one, folder: "tenants/example") == ["ZT801 tenants/example/a.yaml:6"])
    #expect(try await findings(["apis/examples/a.yaml": one], .fewInstances) == [])
    #expect(try await found(.fewInstances) == [])
    let cluster = "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: a}\nspec:\n  instances: 2\n"
    #expect(try await found(.fewInstances, cluster) == ["ZT801 objects/a.yaml:5"])
  }

  @Test func `a database that replicates afterwards or archives nothing is found`() async throws {
    let late = Self.database.replacing("replication: synchronous", with: "replication: asynchronous")
    #expect(try await found(.asynchronousReplication, late) == ["ZT802 objects/a.yaml:7"])
    #expect(try await found(.asynchronousReplication) == [])
    let lost = Self.database.replacing("  backup: {bucket: archive}", with: "")
    #expect(try await found(.noArchive, lost) == ["ZT803 objects/a.yaml:5"])
    #expect(try await found(.noArchive) == [])
    let plugin =
      "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: a}\nspec:\n  plugins: [{name: a, isWALArchiver: true}]\n"
    #expect(try await found(.noArchive, plugin) == [])
  }

  @Test func `data that goes with its YAML is found`() async throws {
    let gone = Self.database.replacing("Orphan", with: "Delete")
    #expect(try await found(.deletedWithItsClaim, gone) == ["ZT804 objects/a.yaml:8"])
    #expect(try await found(.deletedWithItsClaim, gone, stage: "staging") == [])
    #expect(try await found(.deletedWithItsClaim) == [])
  }

  @Test func `volumes that go with their claim or their set are found`() async throws {
    let storage =
      "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: a}\nprovisioner: a\nreclaimPolicy: "
    #expect(try await found(.volumesDeleted, storage + "Delete") == ["ZT805 objects/a.yaml:5"])
    #expect(try await found(.volumesDeleted, storage + "Retain") == [])
    let set =
      "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: a}\nspec:\n  persistentVolumeClaimRetentionPolicy:\n    whenDeleted: "
    #expect(try await found(.volumesOfSetDeleted, set + "Delete") == ["ZT806 objects/a.yaml:6"])
    #expect(try await found(.volumesOfSetDeleted, set + "Retain") == [])
  }

  @Test func `the StorageClass that a chart makes of its values is judged, and its default`() async throws {
    func storage(_ values: String) -> [String: String] {
      let source = """
        source:
          repoURL: https://github.com/rancher/local-path-provisioner
          targetRevision: v0.0.37
          path: deploy/chart/local-path-provisioner
          helm: {valuesObject: {\(values)}}
        """
      return ["root/production/storage.yaml": application("storage", spec: source)]
    }
    for values in ["", "storageClass: {defaultClass: true}", "storageClass: {reclaimPolicy: Delete}"] {
      #expect(
        try await findings(storage(values), .volumesDeleted).map { $0.prefix(34) }
          == ["ZT805 root/production/storage.yaml"], "\(values)")
    }
    #expect(try await findings(storage("storageClass: {reclaimPolicy: Retain}"), .volumesDeleted) == [])
  }

  @Test func `our own databases and volumes are held to it, as errors where production is asked about`() async throws {
    let ours = try CheckedRepository.ours()
    defer { ours.remove() }
    try ours.replace(
      "          reclaimPolicy: Retain\n", with: "", in: "platform/01-foundation/local-path-provisioner.yaml")
    let database = "tenants/applications/example/database.yaml"
    try ours.replace("instances: 3", with: "instances: 1", in: database)
    try ours.replace("  backup: {", with: "  # backup: {", in: database)
    let survey = try await ours.survey()
    let rules: [Rule] = [.fewInstances, .noArchive, .volumesDeleted]
    let all = await Validation(rules: rules).report(on: survey)
    #expect(Set(all.open.map(\.rule)) == ["ZT801", "ZT803", "ZT805"])
    #expect(all.open.allSatisfy { $0.severity == .warning })
    let production = await Validation(rules: rules).report(on: survey.keeping(stage: "production"))
    #expect(Set(production.open.map(\.rule)) == ["ZT801", "ZT803", "ZT805"])
    #expect(production.open.allSatisfy { $0.severity == .error })
    let development = await Validation(rules: rules).report(on: survey.keeping(stage: "dev"))
    #expect(development.open.isEmpty)
  }

  @Test func `definitions that are pruned are found at the Application`() async throws {
    let definition =
      "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: as.example.org}\nspec: {}\n"
    #expect(try await found(.definitionsPruned, definition, prune: true) == ["ZT807 root/production/shop.yaml:10"])
    #expect(try await found(.definitionsPruned, definition) == [])
    #expect(try await found(.definitionsPruned, prune: true) == [])
  }
}
