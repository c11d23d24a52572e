import Foundation
import Testing
import ZeroTouchModel
import ZeroTouchWorld

@testable import ZeroTouchRehearsal

struct AssemblyTests {
  private func disks(_ selector: Node.DiskSelector?) throws -> [Disk] {
    let machine = Scenario.Machine(
      name: "cp01", role: .controlPlane, address: "10.0.0.10", disk: selector.map(Scenario.Disk.init(fitting:)))
    let scenario = Scenario(name: "demo", machines: [machine], speed: 1, repository: "/", repoURL: "")
    let world = try World.assembled(scenario, epoch: Date(timeIntervalSince1970: 0))
    return world.machines[IPAddress(10, 0, 0, 10)]?.disks ?? []
  }

  @Test(arguments: [
    Node.DiskSelector(serial: "S4*"), .init(model: "SAMSUNG*"), .init(wwid: "eui.01"), .init(size: DiskSize("> 500GB")),
    .init(size: DiskSize("< 2TB")), .init(path: "/dev/nvme1n1"), .init(serial: "S4XXXX", size: DiskSize(">= 4TB")),
  ])
  func `exactly one disk of a rehearsed machine is the one that the spec means`(selector: Node.DiskSelector) throws {
    let fields = [
      "serial": selector.serial, "model": selector.model, "wwid": selector.wwid, "size": selector.size?.description,
    ]
    let wanted = JSONValue(fields.compactMapValues(\.self))
    let fitting = try disks(selector).filter { $0.matches(wanted) && (selector.path ?? $0.path) == $0.path }
    #expect(fitting.count == 1)
  }

  @Test func `a machine about whose disk nothing is said has one`() throws {
    #expect(try disks(nil).count == 1)
  }
}
