import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

/// What operators say and do when the API takes what they write only later.
struct RefusedWriteTests {
  private func condition(_ argo: ArgoCDWorld, _ type: String, _ key: ObjectKey) -> String {
    let condition = argo.world.objects[key]?.condition(type)
    return ["status", "reason", "message"].map { condition?[$0]?.stringValue ?? "-" }.joined(separator: " ")
  }

  private static let words = #"failed calling webhook "refusing.example.org""#

  @Test func `a certificate is ready only once its Secret could be written`() {
    var argo = ArgoCDWorld.operated(serving: [
      ("cert-manager.io", "Issuer", "issuers", "v1"), ("cert-manager.io", "Certificate", "certificates", "v1"),
    ])
    let key = ObjectKey(CertificateController.certificates, "apps", "web")
    argo.run(.deployments, "cert-manager", in: "cert-manager")
    argo.refuse(.secrets)
    argo.apply([
      "apiVersion": "cert-manager.io/v1", "kind": "Issuer", "metadata": ["name": "own", "namespace": "apps"],
      "spec": ["selfSigned": [:]],
    ])
    argo.apply([
      "apiVersion": "cert-manager.io/v1", "kind": "Certificate", "metadata": ["name": "web", "namespace": "apps"],
      "spec": ["secretName": "web-tls", "issuerRef": ["name": "own"]],
    ])
    argo.after(10)
    #expect(condition(argo, "Ready", key).hasPrefix("False DoesNotExist "))
    #expect(condition(argo, "Ready", key).contains(Self.words))
    argo.acceptAgain()
    argo.after(30)
    #expect(condition(argo, "Ready", key).hasPrefix("True Ready "))
    #expect(argo.object(.secrets, "web-tls") != nil)
  }

  @Test func `a definition whose kinds are refused says why in an event, and is established later`() {
    var argo = ArgoCDWorld.operated(serving: [])
    let key = ObjectKey(
      GroupResource("compositeresourcedefinitions", "apiextensions.crossplane.io"), "xshops.example.org")
    argo.run(.deployments, "crossplane", in: "crossplane-system")
    argo.after(3)
    argo.refuse(.customResourceDefinitions)
    argo.apply([
      "apiVersion": "apiextensions.crossplane.io/v1", "kind": "CompositeResourceDefinition",
      "metadata": ["name": .string(key.name)],
      "spec": [
        "group": "example.org", "names": ["kind": "XShop", "plural": "xshops"],
        "claimNames": ["kind": "Shop", "plural": "shops"],
        "versions": [["name": "v1", "served": true, "referenceable": true]],
      ],
    ])
    #expect(condition(argo, "Established", key) == "- - -")
    let events = argo.world.objects.list(.events).map(\.object)
    #expect(
      events.contains {
        $0[path: "involvedObject", "name"] == .string(key.name)
          && $0["message"]?.stringValue?.contains(Self.words) == true
      })
    argo.acceptAgain()
    argo.after(10)
    #expect(condition(argo, "Established", key).hasPrefix("True "))
  }

  @Test func `an aggregated role gets its rules once it may be written`() {
    var argo = ArgoCDWorld.operated(serving: [])
    func edit(_ argo: ArgoCDWorld) -> [JSONValue] {
      argo.world.objects[ObjectKey(.clusterRoles, "edit")]?["rules"]?.arrayValue ?? []
    }
    let rule: JSONValue = ["apiGroups": ["example.org"], "resources": ["shops"], "verbs": ["create"]]
    argo.refuse(.clusterRoles)
    argo.world.objects.insert(
      [
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "rules": [rule],
        "metadata": ["labels": ["rbac.authorization.k8s.io/aggregate-to-edit": "true"]],
      ], at: ObjectKey(.clusterRoles, "shop-edit"), timestamp: argo.world.timestamp)
    argo.world.settle()
    #expect(!edit(argo).contains(rule))
    argo.acceptAgain()
    argo.after(5)
    #expect(edit(argo).contains(rule))
  }

  @Test func `an agent is not accepted while its Deployment is refused`() {
    var argo = ArgoCDWorld.operated(serving: [
      ("kagent.dev", "ModelConfig", "modelconfigs", "v1alpha2"), ("kagent.dev", "Agent", "agents", "v1alpha2"),
    ])
    let agent = ObjectKey(GroupResource("agents", "kagent.dev"), "kagent", "librarian")
    argo.run(.deployments, "kagent-controller", in: "kagent")
    argo.refuse(.deployments)
    argo.apply([
      "apiVersion": "kagent.dev/v1alpha2", "kind": "ModelConfig", "metadata": ["name": "model", "namespace": "kagent"],
      "spec": ["provider": "Ollama", "model": "m"],
    ])
    argo.apply([
      "apiVersion": "kagent.dev/v1alpha2", "kind": "Agent", "metadata": ["name": "librarian", "namespace": "kagent"],
      "spec": ["type": "Declarative", "declarative": ["modelConfig": "model"]],
    ])
    #expect(condition(argo, "Accepted", agent).hasPrefix("False ReconcileFailed "))
    #expect(condition(argo, "Accepted", agent).contains(Self.words))
    argo.acceptAgain()
    argo.after(5)
    #expect(condition(argo, "Accepted", agent).hasPrefix("True Reconciled "))
    #expect(argo.object(.deployments, "librarian", in: "kagent") != nil)
  }

  @Test func `a Dragonfly whose StatefulSet is refused has no phase yet, and an event says why`() {
    var argo = ArgoCDWorld.operated(serving: [("dragonflydb.io", "Dragonfly", "dragonflies", "v1alpha1")])
    let key = ObjectKey(GroupResource("dragonflies", "dragonflydb.io"), "apps", "cache")
    argo.run(.deployments, "dragonfly-operator", in: "dragonfly-operator")
    argo.refuse(.statefulSets)
    argo.apply([
      "apiVersion": "dragonflydb.io/v1alpha1", "kind": "Dragonfly", "metadata": ["name": "cache", "namespace": "apps"],
      "spec": ["replicas": 1],
    ])
    #expect(argo.world.objects[key]?[path: "status", "phase"] == nil)
    let events = argo.world.objects.list(.events, namespace: "apps").map(\.object)
    #expect(
      events.contains {
        $0[path: "involvedObject", "name"] == "cache" && $0["message"]?.stringValue?.contains(Self.words) == true
      })
    argo.acceptAgain()
    argo.after(5)
    #expect(argo.object(.statefulSets, "cache") != nil)
    #expect(argo.world.objects[key]?[path: "status", "phase"] == "ResourcesCreated")
  }

  @Test func `a scaled object is ready only once it has its autoscaler`() {
    var argo = ArgoCDWorld.operated(serving: [("keda.sh", "ScaledObject", "scaledobjects", "v1alpha1")])
    let key = ObjectKey(GroupResource("scaledobjects", "keda.sh"), "apps", "worker")
    argo.run(.deployments, "keda-operator", in: "keda")
    argo.run(.deployments, "worker", in: "apps")
    argo.refuse(AutoscalerVersions.resource)
    argo.apply([
      "apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject", "metadata": ["name": "worker", "namespace": "apps"],
      "spec": ["scaleTargetRef": ["name": "worker"], "triggers": []],
    ])
    #expect(condition(argo, "Ready", key).hasPrefix("False ScaledObjectCheckFailed "))
    #expect(condition(argo, "Ready", key).contains(Self.words))
    argo.acceptAgain()
    argo.after(5)
    #expect(condition(argo, "Ready", key).hasPrefix("True ScaledObjectReady "))
  }

  @Test func `a database tells why its instance is not made, and makes it once it may`() {
    var argo = ArgoCDWorld.operated(serving: [("postgresql.cnpg.io", "Cluster", "clusters", "v1")])
    let key = ObjectKey(GroupResource("clusters", "postgresql.cnpg.io"), "apps", "db")
    func status(_ argo: ArgoCDWorld) -> String {
      let status = argo.world.objects[key]?["status"]
      return "\(status?["phase"]?.stringValue ?? "-"): \(status?["phaseReason"]?.stringValue ?? "-")"
    }
    argo.run(.deployments, "cloudnative-pg", in: "cnpg-system")
    argo.refuse(.services)
    argo.apply([
      "apiVersion": "postgresql.cnpg.io/v1", "kind": "Cluster", "metadata": ["name": "db", "namespace": "apps"],
      "spec": ["instances": 1, "storage": ["size": "1Gi"]],
    ])
    #expect(status(argo).hasPrefix("Unable to create required cluster objects: "))
    #expect(status(argo).contains(Self.words))
    argo.acceptAgain()
    argo.refuse(.pods)
    argo.after(5)
    #expect(status(argo).hasPrefix("Setting up primary: "))
    #expect(status(argo).contains(Self.words), "\(status(argo))")
    argo.acceptAgain()
    argo.after(20)
    #expect(status(argo) == "Setting up primary: Creating primary instance db-1")
    #expect(argo.object(.pods, "db-1") != nil)
  }
}
