import Foundation
import Testing
import ZeroTouchManifests
import ZeroTouchModel

@testable import ZeroTouchWorld

/// The platform's own APIs in a world with Crossplane in it.
struct CompositionTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "platform/apis").path
  private static let claims = GroupResource("webservices", "platform.bizmatters.io")
  private static let definitions = GroupResource("compositeresourcedefinitions", "apiextensions.crossplane.io")
  private static let key = ObjectKey(claims, "apps", "storefront")

  private static func manifests(_ path: String) throws -> [JSONValue] {
    let text = try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
    return try YAMLDocuments.parse(text, file: path)
  }

  /// A world in which WebService is offered, and its functions are installed where they are wanted.
  func world(functions: Bool = true, roles: Bool = true) throws -> ArgoCDWorld {
    var argo = ArgoCDWorld()
    argo.run(.deployments, "crossplane", in: "crossplane-system")
    for manifest in CrossplaneRoles.core { argo.apply(manifest) }
    if roles { for manifest in try Self.manifests("crossplane-role.yaml") { argo.apply(manifest) } }
    argo.after(5)
    let route = CustomKind(
      group: "gateway.networking.k8s.io", kind: "HTTPRoute", plural: "httproutes", isNamespaced: true, versions: ["v1"])
    argo.apply(route.definition)
    for file in ["webservice/definition.yaml", "webservice/composition.yaml"] {
      for manifest in try Self.manifests(file) { argo.apply(manifest) }
    }
    if functions { install(&argo) }
    argo.after(60)
    return argo
  }

  private func install(_ argo: inout ArgoCDWorld) {
    for name in ["function-patch-and-transform", "function-cel-filter", "function-auto-ready"] {
      argo.apply([
        "apiVersion": "pkg.crossplane.io/v1", "kind": "Function", "metadata": ["name": .string(name)],
        "spec": ["package": .string("xpkg.crossplane.io/crossplane-contrib/\(name):v1.0.0")],
      ])
    }
  }

  static let claim: JSONValue = [
    "apiVersion": "platform.bizmatters.io/v1alpha1", "kind": "WebService",
    "metadata": ["name": "storefront", "namespace": "apps"],
    "spec": ["image": "storefront:1", "http": ["hostname": "shop.example.com"]],
  ]

  private func condition(_ type: String, _ argo: ArgoCDWorld) -> JSONValue? {
    argo.world.objects[Self.key]?.condition(type)
  }

  @Test func `a claim becomes the objects that its composition makes, and a composite that owns them`() throws {
    var argo = try world()
    argo.apply(Self.claim)
    argo.after(2)
    let service = try #require(argo.object(.services, "storefront"))
    let composite = try #require(argo.world.objects[Self.key]?[path: "spec", "resourceRef", "name"]?.stringValue)
    #expect(service[path: "metadata", "ownerReferences"]?.arrayValue?.first?["name"] == .string(composite))
    #expect(argo.object(.deployments, "storefront")?[path: "spec", "replicas"] == 2)
    #expect(argo.object(GroupResource("httproutes", "gateway.networking.k8s.io"), "storefront") != nil)
    #expect(condition("Synced", argo)?["status"] == "True")
  }

  @Test func `a claim is ready once everything that it became is`() throws {
    var argo = try world()
    argo.apply(Self.claim)
    argo.after(2)
    #expect(condition("Ready", argo)?["reason"] == "Waiting")
    argo.report("storefront", available: 2, condition: ["type": "Available", "status": "True"])
    let route = ObjectKey(GroupResource("httproutes", "gateway.networking.k8s.io"), "apps", "storefront")
    for (accepted, expected) in [("False", "False"), ("True", "True")] as [(JSONValue, JSONValue)] {
      let conditions: JSONValue = [
        ["type": "Accepted", "status": accepted], ["type": "ResolvedRefs", "status": "True"],
      ]
      argo.world.objects.update(route) {
        $0["status"] = ["parents": [["controllerName": "cilium", "conditions": conditions]]]
      }
      argo.world.settle()
      #expect(condition("Ready", argo)?["status"] == expected)
    }
  }

  @Test func `what a claim no longer asks for goes, and all of it goes with the claim`() throws {
    var argo = try world()
    argo.apply(Self.claim)
    argo.after(2)
    var inner = Self.claim
    inner[path: "spec", "http"] = nil
    argo.apply(inner)
    argo.after(2)
    #expect(argo.object(GroupResource("httproutes", "gateway.networking.k8s.io"), "storefront") == nil)
    #expect(argo.object(.services, "storefront") != nil)
    argo.world.delete(Self.key)
    argo.after(5)
    #expect(argo.object(.services, "storefront") == nil)
    #expect(argo.object(.deployments, "storefront") == nil)
  }

  @Test func `without its functions a claim waits and says for what, and goes on when they come`() throws {
    var argo = try world(functions: false)
    argo.apply(Self.claim)
    argo.after(5)
    let message = condition("Synced", argo)?["message"]?.stringValue ?? ""
    #expect(message.contains("`function-patch-and-transform`"), "\(message)")
    #expect(argo.object(.services, "storefront") == nil)
    install(&argo)
    argo.after(60)
    #expect(argo.object(.services, "storefront") != nil)
  }

  @Test func `what Crossplane may not make is named with the API's refusal, until a role allows it`() throws {
    var argo = try world(roles: false)
    argo.apply(Self.claim)
    argo.after(2)
    let told = condition("Synced", argo)
    #expect(told?["status"] == "False" && told?["reason"] == "ReconcileError")
    let message = told?["message"]?.stringValue ?? ""
    #expect(message.hasPrefix("cannot compose resources: cannot apply composed resource "), "\(message)")
    #expect(
      message.contains(
        #"is forbidden: User "system:serviceaccount:crossplane-system:crossplane" cannot patch resource "#),
      "\(message)")
    let composite = ObjectKey(
      GroupResource("xwebservices", "platform.bizmatters.io"), "",
      argo.world.objects[Self.key]?[path: "spec", "resourceRef", "name"]?.stringValue ?? "")
    #expect(argo.world.objects[composite]?.condition("Synced")?["message"] == told?["message"])
    for manifest in try Self.manifests("crossplane-role.yaml") { argo.apply(manifest) }
    argo.after(2)
    #expect(condition("Synced", argo)?["status"] == "True")
    #expect(argo.object(GroupResource("poddisruptionbudgets", "policy"), "storefront") != nil)
  }

  private func stop(_ argo: inout ArgoCDWorld, running: Int = 0) {
    argo.world.objects.update(ObjectKey(.deployments, "crossplane-system", "crossplane")) {
      $0[path: "status", "readyReplicas"] = JSONValue(running)
    }
    argo.world.settle()
  }

  @Test func `a claim that could not be carried out is tried again, though nothing that it names changes`() throws {
    var argo = try world()
    argo.refuse(.services)
    argo.apply(Self.claim)
    argo.after(5)
    #expect(condition("Synced", argo)?["message"]?.stringValue?.contains("failed calling webhook") == true)
    argo.acceptAgain()
    argo.after(60)
    #expect(condition("Synced", argo)?["status"] == "True")
    #expect(argo.object(.services, "storefront") != nil)
  }

  @Test func `what happened while Crossplane was down is seen when it comes up`() throws {
    var argo = try world()
    argo.apply(Self.claim)
    argo.after(2)
    let composite = ObjectKey(
      GroupResource("xwebservices", "platform.bizmatters.io"), "",
      argo.world.objects[Self.key]?[path: "spec", "resourceRef", "name"]?.stringValue ?? "")
    stop(&argo)
    var second = Self.claim
    second[path: "metadata", "name"] = "backoffice"
    argo.apply(second)
    argo.world.delete(Self.key)
    argo.after(5)
    #expect(argo.object(.services, "backoffice") == nil)
    #expect(argo.world.objects[composite] != nil)
    stop(&argo, running: 1)
    argo.after(5)
    #expect(argo.object(.services, "backoffice") != nil)
    #expect(argo.world.objects[composite] == nil)
    #expect(argo.object(.services, "storefront") == nil)
  }

  @Test func `a claim says why its definition or its composition cannot be evaluated`() throws {
    var argo = try world()
    for manifest in try Self.manifests("webservice/composition.yaml") {
      var other = manifest
      other[path: "spec", "mode"] = "Resources"
      argo.apply(other)
    }
    argo.apply(Self.claim)
    argo.after(2)
    let told = condition("Synced", argo)?["message"]?.stringValue ?? ""
    #expect(told.contains("cannot be evaluated") && told.contains("`mode` is not `Pipeline`"), "\(told)")
    for manifest in try Self.manifests("webservice/definition.yaml") {
      var other = manifest
      other[path: "spec", "defaultCompositionRef"] = nil
      argo.world.objects.update(ObjectKey(Self.definitions, manifest[path: "metadata", "name"]?.stringValue ?? "")) {
        $0["spec"] = other["spec"]
      }
    }
    argo.after(2)
    let second = condition("Synced", argo)?["message"]?.stringValue ?? ""
    #expect(second.contains("defaultCompositionRef"), "\(second)")
    #expect(condition("Synced", argo)?["status"] == "False")
  }

  @Test func `without a role of its own Crossplane makes nothing at all`() throws {
    var argo = try world()
    argo.world.delete(ObjectKey(.clusterRoleBindings, "crossplane"))
    argo.apply(Self.claim)
    argo.after(2)
    #expect(
      condition("Synced", argo)?["message"]?.stringValue?.contains(#""service-account": serviceaccounts"#) == true)
    #expect(argo.object(.services, "storefront") == nil)
  }
}

/// The roles that Crossplane's chart brings, as far as they concern what claims become.
enum CrossplaneRoles {
  static let core: [JSONValue] = [
    [
      "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": ["name": "crossplane"],
      "aggregationRule": [
        "clusterRoleSelectors": [["matchLabels": ["rbac.crossplane.io/aggregate-to-crossplane": "true"]]]
      ],
    ],
    [
      "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": ["name": "crossplane"],
      "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "crossplane"],
      "subjects": [["kind": "ServiceAccount", "name": "crossplane", "namespace": "crossplane-system"]],
    ],
    [
      "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole",
      "metadata": [
        "name": "crossplane:system:aggregate-to-crossplane",
        "labels": ["rbac.crossplane.io/aggregate-to-crossplane": "true"],
      ],
      "rules": [
        ["apiGroups": [""], "resources": ["services", "serviceaccounts", "secrets"], "verbs": ["*"]],
        ["apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["*"]],
      ],
    ],
  ]
}
