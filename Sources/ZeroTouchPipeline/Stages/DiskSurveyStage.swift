import ZeroTouchModel
import ZeroTouchTools

/// Asks machines for their disks: over ssh in a rescue system, by talosctl in maintenance mode.
package enum DiskSurveyStage: Stage {
  package static let name = "disks"

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    bootstrap.spec.nodes.sorted { $0.name < $1.name }.map { node in
      let access = RescueAccess(node, bootstrap)
      let file = bootstrap.disksFile(of: node)
      let shell = Operation.run(access.ssh.run(BlockDevice.question, effect: .reads), capture: file)
      return Step(
        StepID(name, node.name), "look at the disks of \(node.name)", probe: probe(node, bootstrap),
        action: Action(
          missing: access.prepare + [shell] + access.forget,
          different: .perform([.run(bootstrap.talosctl.disks(node.address), capture: file)]),
          unreachable: .refuse("boot the machine into its rescue system, or look at the firewall in front of it"),
          foreign: .refuse("it runs with another cluster's configuration; fix its address")
        ).responding(
          to: .done, with: .perform([.run(Talosctl.Maintenance.disks(node.address), capture: file)])),
        expected: ExpectedDuration())
    }
  }

  /// As for an installation, with a configured machine told from one in maintenance mode.
  private static func probe(_ node: Node, _ bootstrap: Bootstrap) -> Probe {
    let machine = InstallOSStage.probe(node, bootstrap)
    return Probe(machine.questions) { answers in
      guard let seen = machine.judge(answers) else { return nil }
      return seen.state == .done && seen.saw != InstallOSStage.seenInMaintenance ? .different(seen.saw) : seen
    }
  }
}
