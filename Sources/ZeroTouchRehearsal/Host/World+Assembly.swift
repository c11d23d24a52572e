package import Foundation
import ZeroTouchModel
package import ZeroTouchWorld

extension World {
  /// The world with every controller it has, in the order in which they look at a change.
  package static func assembled(epoch: Date) -> World {
    World(
      epoch: epoch, controllers: apiControllers + machineControllers + workloadControllers + platformControllers)
  }

  /// The world a scenario describes; without machines it is a laptop with kind, or a cluster that is ready.
  package static func assembled(_ scenario: Scenario, epoch: Date) throws -> World {
    var world = assembled(epoch: epoch)
    world.parameterAccount.unknown = "unknown"
    if scenario.awaitsKind { world.isServing = false } else if scenario.machines.isEmpty { world.seedCluster() }
    for machine in scenario.machines {
      guard let address = IPAddress(machine.address) else {
        throw WorldError.protocolViolated("`\(machine.address)` of machine `\(machine.name)` is no IP address")
      }
      let disks = Self.disks(machine)
      world.addMachine(
        Machine(
          address: address, name: machine.name, disks: disks, isInMaintenance: machine.state == .maintenance,
          defect: machine.defect),
        answersAfter: machine.delay ?? .zero, timeAfter: machine.timeDelay ?? .zero)
    }
    return world
  }

  /// The disk that is meant and another one; a single disk where the spec names none, or by what both could be.
  private static func disks(_ machine: Scenario.Machine) -> [Disk] {
    let usual = Machine.usualDisks(machine.name)
    switch machine.defect {
    case .exchanged: return Machine.usualDisks("exchanged")
    case .twins: return usual.map { Disk(path: $0.path, serial: usual[0].serial, wwid: usual[0].wwid) }
    default: break
    }
    guard let meant = machine.disk, let first = usual.first else { return Array(usual.prefix(1)) }
    let disk = Disk(
      path: meant.path ?? first.path, model: meant.model ?? first.model, serial: meant.serial ?? first.serial,
      wwid: meant.wwid ?? first.wwid, size: meant.size ?? first.size)
    let isUnique = meant.serial != nil || meant.wwid != nil || meant.path != nil
    return [disk] + (isUnique ? usual.dropFirst().filter { $0.path != disk.path } : [])
  }
}
