import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

struct JoiningTests {
  private let first = MachineWorld.address(10)

  private func threeControlPlanes(late: Int = 0) throws -> MachineWorld {
    var world = MachineWorld()
    world.add(11, "cp02")
    world.add(12, "cp03", late: late)
    for number in late == 0 ? [11, 12] : [11] {
      try world.configure(number, try Configurations.text("cp0\(number - 9)"))
    }
    try world.bringUp(try Configurations.text("cp01"))
    return world
  }

  @Test func `further control planes join etcd once it is healthy`() throws {
    var world = try threeControlPlanes()
    #expect(Set(world.world.etcdMembers(of: first).map(\.hostname)) == ["cp01", "cp02", "cp03"])
    world.pass(60)
    #expect(["cp01", "cp02", "cp03"].allSatisfy { world.node($0) != nil })
    #expect(world.world.objects[ObjectKey(.pods, "kube-system", "kube-apiserver-cp03")] != nil)
  }

  @Test func `a control plane that comes late joins as soon as it is configured`() throws {
    var world = try threeControlPlanes(late: 600)
    #expect(world.world.etcdMembers(of: first).count == 2)
    world.pass(600)
    try world.configure(12, try Configurations.text("cp03"))
    world.pass(30)
    #expect(world.world.machines[MachineWorld.address(12)]?.installation?.etcd == .joining(cluster: 1))
    world.pass(20)
    #expect(world.world.etcdMembers(of: first).count == 3)
    world.pass(30)
    #expect(world.node("cp03") != nil)
  }

  @Test func `a bootstrap on a second machine makes a second cluster, and its nodes are lost`() throws {
    var world = MachineWorld()
    world.add(11, "cp02")
    try world.configure(11, try Configurations.text("cp02", endpoint: 11))
    world.add(10, "cp01")
    try world.configure(10, try Configurations.text("cp01"))
    world.pass(30)
    try world.world.bootstrapEtcd(on: first)
    try world.world.bootstrapEtcd(on: MachineWorld.address(11))
    world.pass(300)
    #expect(world.world.machines.clusters.map { $0.members.count } == [1, 1])
    #expect(world.node("cp01") != nil)
    #expect(world.node("cp02") == nil)
    world.add(20, "worker01")
    try world.configure(20, try Configurations.text("worker01", isControlPlane: false, endpoint: 11))
    world.pass(600)
    #expect(world.node("worker01") == nil)
  }

  @Test func `a worker with another cluster's secrets never joins`() throws {
    var world = MachineWorld()
    try world.bringUp(try Configurations.text("cp01"))
    world.add(20, "worker01")
    world.add(21, "worker02")
    try world.configure(20, try Configurations.text("worker01", isControlPlane: false, cluster: "other"))
    try world.configure(21, try Configurations.text("worker02", isControlPlane: false))
    world.pass(3600)
    #expect(world.node("worker01") == nil)
    #expect(world.node("worker02") != nil)
    #expect(world.status(20)?.stage == "booting")
  }

  @Test func `labels, taints and scheduling on control planes follow the configuration`() throws {
    var world = MachineWorld()
    let patch = """
      machine:
        nodeLabels: {topology.kubernetes.io/zone: fsn1}
        nodeTaints: {dedicated: "gpu:NoSchedule"}
      cluster: {allowSchedulingOnControlPlanes: true}
      """
    try world.bringUp(try Configurations.text("cp01", patches: [patch]))
    let node = try #require(world.node("cp01"))
    let taints = (node[path: "spec", "taints"]?.arrayValue ?? []).compactMap { $0["key"]?.stringValue }
    #expect(node[path: "metadata", "labels", "topology.kubernetes.io/zone"] == "fsn1")
    #expect(taints.contains("dedicated"))
    #expect(!taints.contains("node-role.kubernetes.io/control-plane"))
  }

  @Test func `losing most control planes takes the API away`() throws {
    var world = try threeControlPlanes()
    world.pass(60)
    world.world.setReachable(false, machine: MachineWorld.address(11))
    #expect(world.world.isServing)
    world.world.setReachable(false, machine: MachineWorld.address(12))
    #expect(!world.world.isServing)
    world.world.setReachable(true, machine: MachineWorld.address(11))
    #expect(world.world.isServing)
  }

  @Test func `two hundred workers join in the time of one`() throws {
    var world = MachineWorld()
    try world.bringUp(try Configurations.text("cp01"))
    let text = try Configurations.text("worker", isControlPlane: false)
    for number in 0..<200 {
      let address = IPAddress(10, 0, 1, UInt8(number))
      world.world.addMachine(Machine(address: address, name: "w\(number)", isInMaintenance: true))
      let own = text.replacing("hostname: worker", with: "hostname: w\(number)")
      _ = try world.world.applyConfiguration(own, to: address)
    }
    world.pass(30)
    #expect(world.world.objects.count(.nodes) == 201)
  }
}
