import Testing
import ZeroTouchManifests
import ZeroTouchModel

@testable import ZeroTouchWorld

/// What comes of configurations that a real Talos takes although they are not what was meant.
struct WrongConfigurationTests {
  private func daemonSet(_ name: String, in world: MachineWorld) -> JSONValue? {
    world.world.objects[ObjectKey(.daemonSets, "kube-system", name)]
  }

  @Test func `a CNI left out beside Cilium's manifest puts a second network on every node`() throws {
    var world = MachineWorld()
    let cilium =
      "cluster:\n  inlineManifests:\n    - name: 10-cilium\n      contents: |\n"
      + "        apiVersion: apps/v1\n        kind: DaemonSet\n        metadata: {name: cilium, namespace: kube-system}\n"
      + "        spec: {selector: {matchLabels: {k8s-app: cilium}}, template: {metadata: {labels: {k8s-app: cilium}}, "
      + "spec: {containers: [{name: cilium-agent, image: cilium}], tolerations: [{operator: Exists}], hostNetwork: true}}}\n"
    try world.bringUp(try Configurations.text("cp01", patches: [cilium]))
    world.pass(120)
    #expect(daemonSet("kube-flannel", in: world) != nil && daemonSet("cilium", in: world) != nil)
    // Flannel makes the node Ready, whatever becomes of Cilium: the node alone says nothing about the network wanted.
    #expect(world.world.isNodeReady("cp01"))
  }

  @Test func `kube-proxy that was left on runs on every node`() throws {
    for isLeftOn in [true, false] {
      var world = MachineWorld()
      try world.bringUp(
        try Configurations.text("cp01", patches: ["cluster: {proxy: {disabled: \(!isLeftOn)}}"]))
      world.pass(120)
      #expect((daemonSet("kube-proxy", in: world) != nil) == isLeftOn)
      let pods = world.world.objects.list(.pods).map(\.object)
      #expect(pods.contains { $0[path: "metadata", "labels", "k8s-app"] == "kube-proxy" } == isLeftOn)
    }
  }

  @Test func `without the manifests the node waits for a network, and says so`() throws {
    var world = MachineWorld()
    try world.bringUp(try Configurations.text("cp01", patches: [Configurations.withoutNetwork]))
    world.pass(60)
    let conditions = world.node("cp01")?[path: "status", "conditions"]?.arrayValue ?? []
    let ready = conditions.first { $0["type"] == "Ready" }
    #expect(ready?["status"] == "False")
    #expect(
      ready?["message"]?.stringValue?.contains("container runtime network not ready: NetworkReady=false") == true)
    #expect(world.status(10)?.unmet.map(\.name) == ["nodeReady"])
  }

  @Test func `a machine behind another address is certified for it only where it was told`() throws {
    let known = IPAddress(192, 168, 0, 5)
    for patch in ["machine: {}", "machine: {certSANs: [10.0.0.10]}"] {
      var world = MachineWorld()
      world.world.addMachine(
        Machine(address: MachineWorld.address(10), name: "cp01", isInMaintenance: true, ownAddress: known),
        answersAfter: .zero)
      try world.configure(10, try Configurations.text("cp01", patches: [patch]))
      world.pass(30)
      let covered = world.world.machines[MachineWorld.address(10)]?.certifiedAddresses ?? []
      #expect(covered.contains(known))
      #expect(covered.contains(MachineWorld.address(10)) == patch.contains("certSANs"))
    }
  }
}
