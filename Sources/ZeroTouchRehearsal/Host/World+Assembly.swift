package import Foundation
import ZeroTouchModel
package import ZeroTouchWorld

extension World {
  /// The world with every controller it has, in the order in which they look at a change.
  package static func assembled(epoch: Date) -> World {
    World(
      epoch: epoch, controllers: apiControllers + machineControllers + workloadControllers + platformControllers)
  }

  /// The world a scenario describes; without machines it is a cluster that is ready.
  package static func assembled(_ scenario: Scenario, epoch: Date) throws -> World {
    var world = assembled(epoch: epoch)
    if scenario.machines.isEmpty { world.seedCluster() }
    for machine in scenario.machines {
      guard let address = IPAddress(machine.address) else {
        throw WorldError.protocolViolated("`\(machine.address)` of machine `\(machine.name)` is no IP address")
      }
      var disks = Machine.usualDisks(machine.name)
      if let serial = machine.serial { disks[0] = Disk(path: disks[0].path, serial: serial, wwid: disks[0].wwid) }
      world.addMachine(
        Machine(address: address, name: machine.name, disks: disks, isInMaintenance: machine.state == .maintenance),
        answersAfter: machine.delay ?? .zero)
    }
    return world
  }
}
