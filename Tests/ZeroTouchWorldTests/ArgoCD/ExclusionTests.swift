import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

/// Kinds that `argocd-cm` tells Argo CD to leave alone.
struct ExclusionTests {
  private static let slices = GroupResource("endpointslices", "discovery.k8s.io")
  private static let networkKinds = "- apiGroups: ['', discovery.k8s.io]\n  kinds: [Endpoints, EndpointSlice]\n"
  private static let slice: JSONValue = [
    "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": ["name": "outside"],
    "addressType": "IPv4", "endpoints": [["addresses": ["192.0.2.1"]]],
  ]
  private static let warning =
    "ExcludedResourceWarning: Resource discovery.k8s.io/EndpointSlice outside is excluded in the settings"

  private func world(_ settings: [String: String], _ manifests: [JSONValue] = [slice]) -> ArgoCDWorld {
    var argo = ArgoCDWorld()
    set(&argo, settings)
    argo.repository["app"] = [Wanted.configMap("settings")] + manifests
    argo.apply(Wanted.application("app"))
    argo.after(30)
    return argo
  }

  private func set(_ argo: inout ArgoCDWorld, _ settings: [String: String]) {
    argo.world.objects.update(ArgoCDNames.settings) { $0["data"] = JSONValue(settings) }
    argo.world.settle()
  }

  @Test func `an excluded kind is not applied, and the Application warns`() {
    let argo = world(["resource.exclusions": Self.networkKinds])
    #expect(argo.object(.configMaps, "settings") != nil)
    #expect(argo.object(Self.slices, "outside") == nil)
    #expect(argo.state("app") == "Synced Healthy")
    #expect(argo.conditions("app") == [Self.warning])
  }

  @Test func `without the list the kind is one like any other`() {
    let argo = world([:])
    #expect(argo.object(Self.slices, "outside") != nil)
    #expect(argo.conditions("app").isEmpty)
  }

  @Test func `a changed list changes what Argo CD looks at, without pruning what it leaves alone`() {
    var argo = world(["resource.exclusions": Self.networkKinds])
    set(&argo, ["resource.exclusions": "- apiGroups: [cilium.io]\n  kinds: [CiliumIdentity]\n"])
    argo.after(30)
    #expect(argo.object(Self.slices, "outside") != nil)
    #expect(argo.conditions("app").isEmpty)
    set(&argo, ["resource.exclusions": Self.networkKinds])
    argo.after(30)
    #expect(argo.conditions("app") == [Self.warning])
    #expect(argo.object(Self.slices, "outside") != nil)
    #expect(argo.state("app") == "Synced Healthy")
  }

  @Test func `leases and events are left alone whatever the settings say`() {
    let lease: JSONValue = [
      "apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": ["name": "mine"], "spec": [:],
    ]
    let argo = world([:], [lease])
    #expect(argo.object(GroupResource("leases", "coordination.k8s.io"), "mine") == nil)
    #expect(
      argo.conditions("app") == [
        "ExcludedResourceWarning: Resource coordination.k8s.io/Lease mine is excluded in the settings"
      ])
  }

  @Test(arguments: [
    ("- apiGroups: ['*.k8s.io']\n", "resource.exclusions", true),
    ("- kinds: [EndpointSlice]\n", "resource.exclusions", true),
    ("- apiGroups: ['*']\n  kinds: ['*']\n  clusters: ['https://elsewhere*']\n", "resource.exclusions", false),
    ("- apiGroups: ['']\n", "resource.inclusions", true),
    ("- apiGroups: ['', discovery*]\n", "resource.inclusions", false),
  ])
  func `groups and clusters are patterns, and inclusions leave everything else out`(
    list: String, key: String, isExcluded: Bool
  ) {
    let argo = world([key: list])
    #expect((argo.object(Self.slices, "outside") == nil) == isExcluded)
    #expect(argo.object(.configMaps, "settings") != nil)
  }

  @Test func `a list that is no YAML leaves nothing to compare`() {
    let argo = world(["resource.exclusions": "- apiGroups: [broken"])
    #expect(argo.state("app") == "Unknown Unknown")
    #expect(argo.object(.configMaps, "settings") == nil)
  }
}
