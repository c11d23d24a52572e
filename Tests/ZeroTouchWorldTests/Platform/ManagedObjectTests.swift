import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

/// Objects of provider-kubernetes, and the platform's database that is made of them.
struct ManagedObjectTests {
  private static let key = ObjectKey(ManagedObject.resource, "settings")

  private func world(config: Bool = true, rights: Bool = true) -> ArgoCDWorld {
    var argo = ArgoCDWorld.withProviderKubernetes()
    if config { configure(&argo) }
    if rights { grant(&argo) }
    return argo
  }

  private func configure(_ argo: inout ArgoCDWorld) {
    argo.apply([
      "apiVersion": "kubernetes.crossplane.io/v1alpha1", "kind": "ProviderConfig", "metadata": ["name": "kubernetes"],
      "spec": ["credentials": ["source": "InjectedIdentity"]],
    ])
  }

  private func grant(_ argo: inout ArgoCDWorld) {
    argo.apply([
      "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": ["name": "settings"],
      "rules": [["apiGroups": [""], "resources": ["configmaps"], "verbs": ["*"]]],
    ])
    argo.apply([
      "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": ["name": "settings"],
      "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "settings"],
      "subjects": [["kind": "ServiceAccount", "name": "provider-kubernetes", "namespace": "crossplane-system"]],
    ])
  }

  private func object(_ spec: [String: JSONValue] = [:]) -> JSONValue {
    var json: JSONValue = [
      "apiVersion": "kubernetes.crossplane.io/v1alpha2", "kind": "Object", "metadata": ["name": "settings"],
      "spec": [
        "providerConfigRef": ["name": "kubernetes"],
        "forProvider": [
          "manifest": [
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "settings", "namespace": "apps"],
            "data": ["value": "1"],
          ]
        ],
      ],
    ]
    for (name, value) in spec { json[path: "spec", name] = value }
    return json
  }

  private func condition(_ type: String, _ argo: ArgoCDWorld) -> String {
    let told = argo.world.objects[Self.key]?.condition(type)
    return ["status", "reason", "message"].map { told?[$0]?.stringValue ?? "-" }.joined(separator: " ")
  }

  @Test func `an Object makes what it describes and says that it did`() {
    var argo = world()
    argo.apply(object())
    argo.after(5)
    #expect(argo.object(.configMaps, "settings")?["data"] == ["value": "1"])
    #expect(condition("Synced", argo) == "True ReconcileSuccess ")
    #expect(condition("Ready", argo) == "True Available ")
    #expect(argo.world.objects[Self.key]?[path: "status", "atProvider", "manifest", "data"] == ["value": "1"])
  }

  @Test func `without its ProviderConfig an Object is not carried out, and goes on when that comes`() {
    var argo = world(config: false)
    argo.apply(object())
    argo.after(5)
    #expect(
      condition("Synced", argo)
        == #"False ReconcileError connect failed: cannot get provider config: ProviderConfig.kubernetes.crossplane.io "kubernetes" not found"#
    )
    #expect(argo.object(.configMaps, "settings") == nil)
    configure(&argo)
    argo.after(5)
    #expect(condition("Ready", argo) == "True Available ")
  }

  @Test func `a provider makes only what its ServiceAccount may`() {
    var argo = world(rights: false)
    argo.apply(object())
    argo.after(5)
    let user = #"User "system:serviceaccount:crossplane-system:provider-kubernetes""#
    #expect(
      condition("Synced", argo)
        == #"False ReconcileError observe failed: cannot get object: configmaps "settings" is forbidden: "# + user
        + #" cannot get resource "configmaps" in API group "" in the namespace "apps""#)
    grant(&argo)
    argo.after(70)
    #expect(condition("Ready", argo) == "True Available ")
  }

  @Test func `an Object of a kind that is not served says so`() {
    var argo = world()
    argo.apply(object(["forProvider": ["manifest": ["apiVersion": "example.org/v1", "kind": "Widget"]]]))
    argo.after(5)
    #expect(condition("Synced", argo).hasSuffix(#"no matches for kind "Widget" in version "example.org/v1""#))
  }

  @Test func `what was made is brought back, unless the Object only observes`() {
    var argo = world()
    argo.apply(object())
    argo.after(5)
    let made = ObjectKey(.configMaps, "apps", "settings")
    argo.world.objects.update(made) { $0["data"] = ["value": "2"] }
    argo.after(600)
    #expect(argo.world.objects[made]?["data"] == ["value": "1"])
    argo.apply(object(["managementPolicies": ["Observe"]]))
    argo.world.objects.update(made) { $0["data"] = ["value": "2"] }
    argo.after(600)
    #expect(argo.world.objects[made]?["data"] == ["value": "2"])
    argo.world.delete(made)
    argo.after(601)
    #expect(condition("Synced", argo) == "False ReconcileError observe failed: external resource does not exist")
    #expect(argo.world.objects[made] == nil)
  }

  @Test func `readiness is taken from what was made where the Object says so`() {
    var argo = world()
    argo.apply(object(["readiness": ["policy": "DeriveFromObject"]]))
    argo.after(5)
    #expect(condition("Ready", argo) == "False Unavailable ")
    argo.world.objects.update(ObjectKey(.configMaps, "apps", "settings")) {
      $0["status"] = ["conditions": [["type": "Ready", "status": "True"]]]
    }
    argo.after(31)
    #expect(condition("Ready", argo) == "True Available ")
  }

  @Test(arguments: [("Delete", false), ("Orphan", true)])
  func `what was made goes with its Object only where it is not orphaned`(policy: String, stays: Bool) {
    var argo = world()
    argo.apply(object(["deletionPolicy": .string(policy)]))
    argo.after(5)
    argo.world.delete(Self.key)
    argo.after(5)
    #expect(argo.world.objects[Self.key] == nil)
    #expect((argo.object(.configMaps, "settings") != nil) == stays)
  }

  @Test func `a PostgresInstance becomes a Cluster that stays when the claim goes`() throws {
    var argo = world()
    try argo.installPostgresAPI()
    argo.apply(try ArgoCDWorld.postgresExample("orders"))
    argo.after(10)
    let claims = GroupResource("postgresinstances", "platform.bizmatters.io")
    let claim = try #require(argo.world.objects.list(claims).first)
    let clusters = GroupResource("clusters", "postgresql.cnpg.io")
    let cluster = try #require(argo.world.objects.list(clusters).first)
    #expect(cluster.key.name == "\(claim.key.name)-1" && cluster.key.namespace == "apps")
    #expect(claim.object.condition("Ready")?["status"] == "False")
    argo.world.objects.update(cluster.key) { $0["status"] = ["conditions": [["type": "Ready", "status": "True"]]] }
    argo.after(40)
    #expect(argo.world.objects[claim.key]?.condition("Ready")?["status"] == "True")
    argo.world.delete(claim.key)
    argo.after(10)
    #expect(argo.world.objects.list(ManagedObject.resource).isEmpty)
    #expect(argo.world.objects[cluster.key] != nil)
  }
}
