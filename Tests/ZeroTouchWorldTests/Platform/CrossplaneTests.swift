import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct CrossplaneTests {
  private static let definitions = GroupResource("compositeresourcedefinitions", "apiextensions.crossplane.io")

  private func world() -> ArgoCDWorld {
    var argo = ArgoCDWorld()
    argo.run(.deployments, "crossplane", in: "crossplane-system")
    argo.after(5)
    return argo
  }

  private static func definition(_ apiVersion: String, _ spec: JSONValue) -> JSONValue {
    var spec = spec
    spec["group"] = "platform.example.org"
    spec["names"] = ["kind": "XService", "plural": "xservices"]
    spec["versions"] = [["name": "v1alpha1", "served": true, "referenceable": true]]
    return [
      "apiVersion": .string(apiVersion), "kind": "CompositeResourceDefinition",
      "metadata": ["name": "xservices.platform.example.org"], "spec": spec,
    ]
  }

  @Test func `its kinds appear only once it runs`() {
    let before = ArgoCDWorld()
    #expect(before.world.registry.type(group: "apiextensions.crossplane.io", kind: "Composition") == nil)
    let after = world()
    #expect(CustomKind.crossplane.count == 21)
    for kind in CustomKind.crossplane {
      #expect(after.world.registry.type(group: kind.group, kind: kind.kind)?.isNamespaced == kind.isNamespaced)
    }
  }

  @Test func `a package takes its time and says so`() {
    var argo = world()
    argo.apply([
      "apiVersion": "pkg.crossplane.io/v1", "kind": "Provider", "metadata": ["name": "kubernetes"],
      "spec": ["package": "xpkg.crossplane.io/crossplane-contrib/provider-kubernetes:v1.2.1"],
    ])
    let key = ObjectKey(GroupResource("providers", "pkg.crossplane.io"), "", "kubernetes")
    #expect(argo.world.objects[key]?.condition("Installed")?["reason"] == "UnpackingPackage")
    argo.after(45)
    #expect(argo.world.objects[key]?.condition("Healthy")?["status"] == "True")
    #expect(argo.world.registry.type(group: "kubernetes.crossplane.io", kind: "Object")?.isNamespaced == false)
  }

  @Test func `a package without its registry is never installed`() {
    var argo = world()
    argo.apply([
      "apiVersion": "pkg.crossplane.io/v1", "kind": "Function", "metadata": ["name": "f"],
      "spec": ["package": "crossplane-contrib/function-auto-ready:v0.5.0"],
    ])
    argo.after(300)
    let key = ObjectKey(GroupResource("functions", "pkg.crossplane.io"), "", "f")
    #expect(argo.world.objects[key]?.condition("Installed")?["status"] == "False")
  }

  @Test func `a definition with claims serves the composite and the claim`() {
    var argo = world()
    argo.apply(
      Self.definition(
        "apiextensions.crossplane.io/v1", ["claimNames": ["kind": "Service", "plural": "services"]]))
    argo.after(5)
    let key = ObjectKey(Self.definitions, "", "xservices.platform.example.org")
    #expect(argo.world.objects[key]?.condition("Established")?["status"] == "True")
    #expect(argo.world.objects[key]?.condition("Offered")?["status"] == "True")
    #expect(argo.world.registry.type(group: "platform.example.org", kind: "XService")?.isNamespaced == false)
    #expect(argo.world.registry.type(group: "platform.example.org", kind: "Service")?.isNamespaced == true)
  }

  @Test func `a modern definition is namespaced and offers no claim`() {
    var argo = world()
    argo.apply(Self.definition("apiextensions.crossplane.io/v2", [:]))
    argo.after(5)
    #expect(argo.world.registry.type(group: "platform.example.org", kind: "XService")?.isNamespaced == true)
    let key = ObjectKey(Self.definitions, "", "xservices.platform.example.org")
    #expect(argo.world.objects[key]?.condition("Offered") == nil)
  }
}
