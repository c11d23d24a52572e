import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct MachineLifecycleTests {
  private let first = MachineWorld.address(10)

  @Test func `a machine in rescue is written, rebooted and then waits for its configuration`() {
    var world = MachineWorld()
    world.add(10, "cp01", isInMaintenance: false)
    #expect(world.world.machines[first]?.answersSSH == true)
    world.world.writeImage(to: "/dev/nvme0n1", on: first)
    world.pass(59)
    #expect(world.world.machines[first]?.state == .writingImage(disk: "/dev/nvme0n1", reboots: false))
    world.pass(2)
    world.world.reboot(first)
    #expect(world.world.machines[first]?.answersSSH == false)
    world.pass(119)
    #expect(world.status(10) == nil)
    world.pass(2)
    #expect(world.status(10) == MachineStatus(stage: "maintenance", unmet: []))
  }

  @Test func `a rescue system that is left without an image never comes back`() {
    var world = MachineWorld()
    world.add(10, "cp01", isInMaintenance: false)
    world.world.reboot(first)
    world.pass(3600)
    #expect(world.world.machines[first]?.state == .off)
  }

  @Test func `a machine that comes late answers nothing before`() {
    var world = MachineWorld()
    world.add(10, "cp01", late: 90)
    world.pass(89)
    #expect(world.status(10) == nil)
    world.pass(1)
    #expect(world.status(10)?.stage == "maintenance")
  }

  @Test func `one control plane becomes a cluster step by step`() throws {
    var world = MachineWorld()
    world.add(10, "cp01")
    #expect(!world.world.isServing)
    try world.configure(10, try Configurations.text("cp01"))
    world.pass(12)
    #expect(world.status(10)?.stage == "booting")
    #expect(throws: TalosRefusal(.failedPrecondition, "bootstrap is not available yet")) {
      try world.world.bootstrapEtcd(on: first)
    }
    world.pass(10)
    #expect(world.status(10)?.unmet == [.init(name: "services", reason: "etcd not ready")])
    world.pass(1000)
    #expect(world.world.machines[first]?.installation?.etcd == .preparing)
    try world.world.bootstrapEtcd(on: first)
    world.pass(11)
    #expect(world.world.etcdMembers(of: first).map(\.hostname) == ["cp01"])
    #expect(!world.world.isServing)
    world.pass(45)
    #expect(world.world.isServing)
    world.pass(5)
    #expect(world.node("cp01")?[path: "status", "nodeInfo", "kubeletVersion"] == "v1.35.4")
  }

  @Test func `Talos's own network makes the node Ready and the machine running`() throws {
    var world = MachineWorld()
    try world.bringUp(try Configurations.text("cp01"))
    world.pass(120)
    #expect(world.world.objects[ObjectKey(.daemonSets, "kube-system", "kube-flannel")] != nil)
    #expect(world.world.isNodeReady("cp01"))
    #expect(world.status(10)?.stage == "running")
  }

  @Test func `without a network the machine stays booting and starts over after ten minutes`() throws {
    var world = MachineWorld()
    try world.bringUp(try Configurations.text("cp01", patches: [Configurations.withoutNetwork]))
    #expect(world.world.objects[ObjectKey(.daemonSets, "kube-system", "kube-flannel")] == nil)
    #expect(world.world.objects[ObjectKey(.daemonSets, "kube-system", "kube-proxy")] == nil)
    #expect(world.status(10)?.unmet == [.init(name: "nodeReady", reason: "node \"cp01\" is not ready")])
    world.pass(620)
    #expect(world.status(10) == nil)
    #expect(!world.world.isServing)
    world.pass(200)
    #expect(world.status(10)?.stage == "booting")
    #expect(world.world.isServing)
  }

  @Test func `a second bootstrap of the same machine is refused, and of a worker too`() throws {
    var world = MachineWorld()
    try world.bringUp(try Configurations.text("cp01"))
    #expect(throws: TalosRefusal(.alreadyExists, "etcd data directory is not empty")) {
      try world.world.bootstrapEtcd(on: first)
    }
    world.add(20, "worker01")
    try world.configure(20, try Configurations.text("worker01", isControlPlane: false))
    world.pass(30)
    #expect(throws: TalosRefusal(.unimplemented, "bootstrap is only available on control plane nodes")) {
      try world.world.bootstrapEtcd(on: MachineWorld.address(20))
    }
  }

  @Test func `resetting the only control plane takes the cluster with it`() throws {
    var world = MachineWorld()
    try world.bringUp(try Configurations.text("cp01"))
    #expect(throws: TalosRefusal.self) {
      try world.world.resetMachine(first, graceful: true, reboots: true, labels: ["STATE", "EPHEMERAL"])
    }
    try world.world.resetMachine(first, graceful: false, reboots: true, labels: ["STATE", "EPHEMERAL"])
    #expect(!world.world.isServing)
    world.pass(130)
    #expect(world.status(10)?.stage == "maintenance")
    try world.configure(10, try Configurations.text("cp01"))
    world.pass(30)
    try world.world.bootstrapEtcd(on: first)
    world.pass(120)
    #expect(world.world.isServing)
    #expect(world.node("cp01") != nil)
  }

  @Test func `a cluster that is gone leaves nothing to the next one but what lies outside of it`() throws {
    var world = MachineWorld()
    try world.bringUp(try Configurations.text("cp01"))
    let definition: JSONValue = [
      "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
      "metadata": ["name": "things.example.org"],
      "spec": [
        "group": "example.org", "scope": "Namespaced",
        "names": ["kind": "Thing", "plural": "things", "singular": "thing", "listKind": "ThingList"],
        "versions": [
          [
            "name": "v1", "served": true, "storage": true,
            "schema": ["openAPIV3Schema": ["type": "object", "x-kubernetes-preserve-unknown-fields": true]],
          ]
        ],
      ],
    ]
    let key = ObjectKey(GroupResource("customresourcedefinitions", "apiextensions.k8s.io"), "things.example.org")
    world.world.objects.insert(definition, at: key, timestamp: world.world.timestamp)
    world.pass(10)
    #expect(world.world.registry[GroupResource("things", "example.org")] != nil)
    try world.world.resetMachine(first, graceful: false, reboots: true, labels: ["STATE", "EPHEMERAL"])
    world.pass(600)
    #expect(world.world.objects.resources.allSatisfy { world.world.objects.count($0) == 0 })
    #expect(world.world.registry[GroupResource("things", "example.org")] == nil)
    try world.configure(10, try Configurations.text("cp01"))
    world.pass(30)
    try world.world.bootstrapEtcd(on: first)
    world.pass(180)
    #expect(world.world.isNodeReady("cp01"))
  }

  @Test func `the same calls at the same times give the same world`() throws {
    var worlds = [MachineWorld(), MachineWorld()]
    for index in worlds.indices { try worlds[index].bringUp(try Configurations.text("cp01")) }
    #expect(worlds[0].world.objects.list(.pods).map(\.object) == worlds[1].world.objects.list(.pods).map(\.object))
  }
}
