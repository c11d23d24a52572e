import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

/// Going back in time with a PostgresInstance, from the claim to the archives.
struct DatabaseRestoreTests {
  private static let clusters = GroupResource("clusters", "postgresql.cnpg.io")
  private static let claim = ObjectKey(GroupResource("postgresinstances", "platform.bizmatters.io"), "apps", "orders")
  private static let backups = GroupResource("scheduledbackups", "postgresql.cnpg.io")

  private func key(_ name: String) -> ObjectKey { ObjectKey(Self.clusters, "apps", name) }

  /// A world whose first incarnation of `orders` runs and archives.
  private func world() throws -> ArgoCDWorld {
    var argo = ArgoCDWorld.withProviderKubernetes()
    try argo.installPostgresAPI()
    argo.apply(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "cnpg-system"]])
    for name in ["cloudnative-pg", "plugin-barman-cloud"] { argo.run(.deployments, name, in: "cnpg-system") }
    argo.apply(try ArgoCDWorld.postgresExample("orders"))
    argo.after(10)
    #expect(argo.world.objects[ObjectKey(.pods, "apps", "orders-1-1")] == nil)
    let waits = argo.world.objects[key("orders-1")]?[path: "status", "phaseReason"]
    #expect(waits == #"secrets "postgres-archive" not found"#)
    argo.apply(["apiVersion": "v1", "kind": "Secret", "metadata": ["name": "postgres-archive", "namespace": "apps"]])
    argo.after(10)
    start("orders-1", &argo)
    return argo
  }

  /// Lets the three instances of a database start.
  private func start(_ name: String, _ argo: inout ArgoCDWorld) {
    for number in 1...3 {
      argo.world.objects.update(ObjectKey(.pods, "apps", "\(name)-\(number)")) {
        $0["status"] = ["conditions": [["type": "Ready", "status": "True"]]]
      }
      argo.world.settle()
    }
    argo.after(40)
  }

  private func isReady(_ key: ObjectKey, _ argo: ArgoCDWorld) -> Bool {
    argo.world.objects[key]?.condition("Ready")?["status"] == "True"
  }

  private func uid(_ name: String, _ argo: ArgoCDWorld) -> String? {
    argo.world.objects[key(name)]?[path: "metadata", "uid"]?.stringValue
  }

  private func writers(_ argo: ArgoCDWorld) -> [String: String] {
    Dictionary(uniqueKeysWithValues: argo.world.platform.archives.map { ($0.key.server, $0.value) })
  }

  @Test func `a new incarnation recovers beside the old database, which nobody touches`() throws {
    var argo = try world()
    #expect(isReady(key("orders-1"), argo) && isReady(Self.claim, argo))
    let old = try #require(argo.world.objects[key("orders-1")])
    let first = try #require(uid("orders-1", argo))
    #expect(writers(argo) == ["orders-1": first])

    argo.apply(try ArgoCDWorld.postgresExample("restored"))
    argo.after(60)
    let new = try #require(argo.world.objects[key("orders-2")])
    #expect(!isReady(Self.claim, argo))
    #expect(new[path: "spec", "bootstrap", "initdb"] == nil)
    let recovery = new[path: "spec", "bootstrap", "recovery"]
    #expect(recovery?[path: "recoveryTarget", "targetTime"] == "2026-11-21T08:00:00Z")
    let origin = new[path: "spec", "externalClusters"]?.arrayValue?.first { $0["name"] == recovery?["source"] }
    #expect(origin?[path: "plugin", "parameters", "serverName"] == "orders-1")
    #expect(origin?[path: "plugin", "parameters", "barmanObjectName"] == "orders")
    start("orders-2", &argo)
    #expect(isReady(key("orders-2"), argo) && isReady(Self.claim, argo))
    #expect(argo.world.objects[ObjectKey(.secrets, "apps", "orders-2-app")] != nil)
    #expect(
      argo.world.objects[ObjectKey(Self.backups, "apps", "orders-2")]?[path: "spec", "cluster", "name"] == "orders-2")

    #expect(argo.world.objects[key("orders-1")]?["spec"] == old["spec"])
    #expect(isReady(key("orders-1"), argo))
    for name in ["orders-1-1", "orders-1-2", "orders-1-3"] {
      #expect(argo.world.objects[ObjectKey(.persistentVolumeClaims, "apps", name)] != nil)
    }
    #expect(argo.world.objects[ObjectKey(.secrets, "apps", "orders-1-app")] != nil)
    #expect(writers(argo) == ["orders-1": first, "orders-2": try #require(uid("orders-2", argo))])

    argo.world.delete(key("orders-1"))
    argo.after(1300)
    #expect(argo.world.objects[key("orders-1")] == nil)
    #expect(isReady(key("orders-2"), argo))
    #expect(writers(argo)["orders-1"] == first)
  }

  @Test func `a database that is deleted under its claim is made again, and refuses the archive of the one before`()
    throws
  {
    var argo = try world()
    let first = try #require(uid("orders-1", argo))
    argo.world.delete(key("orders-1"))
    for number in 1...3 { argo.world.objects.remove(ObjectKey(.pods, "apps", "orders-1-\(number)")) }
    argo.after(1300)
    let again = try #require(argo.world.objects[key("orders-1")])
    #expect(
      again[path: "status", "phaseReason"] == "WAL archive check failed for server orders-1: Expected empty archive")
    #expect(argo.world.objects[ObjectKey(.pods, "apps", "orders-1-1")] == nil)
    #expect(writers(argo) == ["orders-1": first])
  }
}
