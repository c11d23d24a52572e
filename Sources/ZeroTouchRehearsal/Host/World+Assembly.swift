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
      world.addMachine(
        Machine(
          address: address, name: machine.name, disks: machine.disks, isInMaintenance: machine.state == .maintenance),
        answersAfter: machine.delay ?? .zero)
    }
    return world
  }
}

extension Scenario.Machine {
  /// The disk that the spec means and one that it does not; a spec that names none means a machine with one.
  var disks: [ZeroTouchWorld.Disk] {
    let usual = ZeroTouchWorld.Machine.usualDisks(name)
    guard let disk, disk.namesOne else { return Array(usual.prefix(1)) }
    let path = disk.path ?? usual[0].path
    let meant = ZeroTouchWorld.Disk(
      path: path, model: disk.model?.replacing("*", with: "") ?? usual[0].model, serial: disk.serial ?? usual[0].serial,
      wwid: disk.wwid ?? usual[0].wwid)
    let other = usual.first { $0.path != path } ?? usual[1]
    // Where only the model is named, the other disk has another one.
    let isByModel = disk.model != nil && disk.serial == nil && disk.wwid == nil
    return [
      meant,
      ZeroTouchWorld.Disk(
        path: other.path, model: isByModel ? "OTHER" : other.model, serial: other.serial, wwid: other.wwid),
    ]
  }
}
