import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

/// An etcd whose members go and come back.
struct QuorumTests {
  private let first = MachineWorld.address(10)

  private func threeMembers() throws -> MachineWorld {
    var world = MachineWorld()
    for number in [11, 12] {
      world.add(number, "cp0\(number - 9)")
      try world.configure(number, try Configurations.text("cp0\(number - 9)"))
    }
    try world.bringUp(try Configurations.text("cp01"))
    #expect(world.world.etcdMembers(of: first).count == 3)
    return world
  }

  private func isHealthy(_ world: MachineWorld) -> Bool {
    world.world.services(of: first).contains { $0.name == "etcd" && $0.state == "Running" && $0.isHealthy }
  }

  private func cut(_ numbers: [Int], isReachable: Bool = false, in world: inout MachineWorld) {
    for number in numbers { world.world.setReachable(isReachable, machine: MachineWorld.address(number)) }
  }

  @Test func `one member of three may go, and with the second nothing can be written`() throws {
    var world = try threeMembers()
    cut([12], in: &world)
    #expect(world.world.isServing && isHealthy(world))
    cut([11], in: &world)
    #expect(!world.world.isServing && !isHealthy(world))
    #expect(throws: TalosRefusal.self) {
      try world.world.removeEtcdMember(MachineWorld.address(12), through: first)
    }
    cut([11], isReachable: true, in: &world)
    #expect(world.world.isServing && isHealthy(world))
  }

  @Test func `machines that come back empty are no majority`() throws {
    var world = try threeMembers()
    for number in [11, 12] { world.world.startRescue(MachineWorld.address(number)) }
    #expect(!world.world.isServing)
    for number in [11, 12] {
      world.world.writeImage(to: "/dev/nvme0n1", on: MachineWorld.address(number), reboots: true)
    }
    world.pass(600)
    for number in [11, 12] { try world.configure(number, try Configurations.text("cp0\(number - 9)")) }
    world.pass(600)
    #expect(!world.world.isServing && !isHealthy(world))
    #expect(world.world.machines[MachineWorld.address(11)]?.installation?.etcd == .preparing)
  }

  @Test func `who found the members away asks again once they are back`() throws {
    var world = MachineWorld()
    try world.bringUp(try Configurations.text("cp01"))
    cut([10], in: &world)
    world.add(11, "cp02")
    try world.configure(11, try Configurations.text("cp02"))
    world.pass(120)
    #expect(world.world.etcdMembers(of: first).count == 1)
    cut([10], isReachable: true, in: &world)
    world.pass(120)
    #expect(world.world.etcdMembers(of: first).count == 2)
  }

  @Test func `a member that reboots while it joins joins all the same`() throws {
    var world = MachineWorld()
    try world.bringUp(try Configurations.text("cp01"))
    world.add(11, "cp02")
    try world.configure(11, try Configurations.text("cp02"))
    while world.world.machines[MachineWorld.address(11)]?.installation?.etcd != .joining(cluster: 1) { world.pass(1) }
    world.world.reboot(MachineWorld.address(11))
    world.pass(600)
    #expect(world.world.etcdMembers(of: first).count == 2)
  }
}
