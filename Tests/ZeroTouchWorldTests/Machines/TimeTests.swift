import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

/// Machines that no time server answers.
struct TimeTests {
  private func machine(timeAfter seconds: Int) throws -> MachineWorld {
    var world = MachineWorld()
    world.world.addMachine(
      Machine(address: MachineWorld.address(10), name: "cp01", isInMaintenance: true), timeAfter: .seconds(seconds))
    try world.configure(10, try Configurations.text("cp01"))
    world.pass(30)
    return world
  }

  @Test func `etcd is not bootstrapped before the clock is set, and the machine says why`() throws {
    var world = try machine(timeAfter: 300)
    let refusal = #expect(throws: TalosRefusal.self) { try world.world.bootstrapEtcd(on: MachineWorld.address(10)) }
    #expect(refusal?.description == "rpc error: code = FailedPrecondition desc = time is not in sync yet")
    #expect(world.status(10)?.unmet.first == .init(name: "time", reason: "time is not synced"))
    #expect(world.world.services(of: MachineWorld.address(10)).first { $0.name == "etcd" }?.state == "Waiting")
    world.pass(300)
    #expect(world.status(10)?.unmet.contains { $0.name == "time" } == false)
    try world.world.bootstrapEtcd(on: MachineWorld.address(10))
  }

  @Test func `a clock that is right from the beginning is no condition`() throws {
    var world = try machine(timeAfter: 0)
    #expect(world.status(10)?.unmet.contains { $0.name == "time" } == false)
    try world.world.bootstrapEtcd(on: MachineWorld.address(10))
  }

  @Test func `a worker joins only once its clock is set`() throws {
    var world = MachineWorld()
    try world.bringUp(try Configurations.text("cp01"))
    world.add(20, "worker01")
    world.world.setTime(false, machine: MachineWorld.address(20))
    try world.configure(20, try Configurations.text("worker01", isControlPlane: false))
    world.pass(600)
    #expect(world.node("worker01") == nil)
    #expect(world.world.services(of: MachineWorld.address(20)).first { $0.name == "kubelet" }?.state == "Waiting")
    world.world.setTime(true, machine: MachineWorld.address(20))
    world.pass(30)
    #expect(world.node("worker01") != nil)
  }
}
