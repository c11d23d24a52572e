import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct InlineManifestTests {
  private static let inventory = ObjectKey(.configMaps, "kube-system", "talos-bootstrap-manifests-inventory")

  private func patch(_ manifests: [(name: String, contents: String)]) -> String {
    let items = manifests.map { manifest in
      let lines = manifest.contents.split(separator: "\n", omittingEmptySubsequences: false).map { "        \($0)" }
      return "    - name: \(manifest.name)\n      contents: |\n\(lines.joined(separator: "\n"))\n"
    }
    return "cluster:\n  inlineManifests:\n\(items.joined())"
  }

  private func configMap(_ name: String, namespace: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name), namespace: \(namespace)}\n"
  }

  private let definition = """
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: things.example.org}
    spec:
      group: example.org
      scope: Cluster
      names: {kind: Thing, plural: things, singular: thing, listKind: ThingList}
      versions:
        - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
    """

  @Test func `namespaces come first and definitions second, whatever the order of the entries`() throws {
    var world = MachineWorld()
    let manifests = [
      ("00-first", "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: one}\n"),
      ("10-second", configMap("settings", namespace: "late")),
      ("20-third", definition + "\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: late}\n"),
    ]
    try world.bringUp(try Configurations.text("cp01", patches: [patch(manifests)]))
    #expect(world.world.objects[ObjectKey(.configMaps, "late", "settings")] != nil)
    // The definition is not Established in the first pass; the object follows in a later one.
    #expect(world.world.objects[ObjectKey(GroupResource("things", "example.org"), "one")] != nil)
  }

  @Test func `what waits for its definition is not lost when the API goes away at that moment`() throws {
    var world = MachineWorld()
    let manifests = [
      ("00-first", "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: one}\n"), ("10-second", definition),
    ]
    world.add(10, "cp01")
    try world.configure(10, try Configurations.text("cp01", patches: [patch(manifests)]))
    world.pass(30)
    try world.world.bootstrapEtcd(on: MachineWorld.address(10))
    while !world.world.isServing { world.pass(1) }
    world.world.suspendAPI()
    world.pass(30)
    world.world.resumeAPI()
    world.pass(60)
    #expect(world.world.objects[ObjectKey(GroupResource("things", "example.org"), "one")] != nil)
  }

  @Test func `what was applied stands in the inventory and is not applied again`() throws {
    var world = MachineWorld()
    let text = try Configurations.text(
      "cp01", patches: [patch([("10-own", configMap("own", namespace: "kube-system"))])])
    try world.bringUp(text)
    let key = ObjectKey(.configMaps, "kube-system", "own")
    let rows = (world.world.objects[Self.inventory]?["data"] ?? .null).stringMap
    #expect(rows["kube-system_own__ConfigMap"] != nil)
    let annotations = (world.world.objects[key]?[path: "metadata", "annotations"] ?? .null).stringMap
    #expect(annotations["config.k8s.io/owning-inventory"] == Self.inventory.name)
    world.world.objects.remove(key)
    try world.configure(10, text)
    world.pass(60)
    #expect(world.world.objects[key] == nil)
  }

  @Test func `contents that are no YAML are accepted, and say so in the machine's log only`() throws {
    var world = MachineWorld()
    try world.bringUp(try Configurations.text("cp01", patches: [patch([("10-broken", "not: [valid")])]))
    #expect(world.world.isServing)
    let log = world.world.machines[MachineWorld.address(10)]?.log.map(\.text) ?? []
    #expect(log.contains { $0.contains("10-broken") })
  }

  @Test func `what the API never takes is tried again, but ever less often`() throws {
    var world = MachineWorld()
    let unknown = "apiVersion: example.org/v1\nkind: Nothing\nmetadata: {name: one}\n"
    try world.bringUp(try Configurations.text("cp01", patches: [patch([("10-unknown", unknown)])]))
    world.pass(7200)
    let log = world.world.machines[MachineWorld.address(10)]?.log.map(\.text) ?? []
    let attempts = log.filter { $0.contains("no matches for kind \"Nothing\"") }.count
    #expect((20...40).contains(attempts))
  }

  @Test func `DNS gets two replicas and the tenth address of the services`() throws {
    var world = MachineWorld()
    try world.bringUp(
      try Configurations.text("cp01", patches: ["cluster: {network: {serviceSubnets: [10.50.0.0/16]}}"]))
    #expect(
      world.world.objects[ObjectKey(.services, "kube-system", "kube-dns")]?[path: "spec", "clusterIP"] == "10.50.0.10")
    #expect(
      world.world.objects[ObjectKey(.deployments, "kube-system", "coredns")]?[path: "spec", "replicas"] == 2)
  }
}
