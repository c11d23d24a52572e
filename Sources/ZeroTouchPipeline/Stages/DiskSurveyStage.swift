import ZeroTouchModel
import ZeroTouchTools

/// Asks machines for their disks: over ssh in a rescue system, by talosctl in maintenance mode.
package enum DiskSurveyStage: Stage {
  package static let name = "disks"

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    bootstrap.spec.nodes.sorted { $0.name < $1.name }.map { node in
      let access = RescueAccess(node, bootstrap)
      let (file, volumes) = (bootstrap.disksFile(of: node), bootstrap.volumesFile(of: node))
      let maintenance = (Talosctl.Maintenance.disks(node.address), Talosctl.Maintenance.volumes(node.address))
      let configured = (bootstrap.talosctl.disks(node.address), bootstrap.talosctl.volumes(node.address))
      let shell = Operation.run(access.ssh.run(BlockDevice.question, effect: .reads), capture: file)
      return Step(
        StepID(name, node.name), "look at the disks of \(node.name)", probe: probe(node, bootstrap),
        action: Action(
          missing: access.prepare + [shell, .write("", to: volumes)] + access.forget,
          different: .perform(asking(configured, file, volumes)),
          unreachable: .refuse("boot the machine into its rescue system, or look at the firewall in front of it"),
          foreign: .refuse("it runs with another cluster's configuration; fix its address")
        ).responding(
          to: .done, with: .perform(asking(maintenance, file, volumes))),
        expected: ExpectedDuration())
    }
  }

  /// The disks, and what Talos finds on them.
  private static func asking(
    _ calls: (disks: ToolInvocation, volumes: ToolInvocation), _ file: String, _ volumes: String
  ) -> [Operation] {
    let unknown = Tolerance("is not registered", meaning: "Talos before 1.8 does not tell what lies on disks")
    return [
      .run(calls.disks, capture: file), .run(calls.volumes, capture: volumes, tolerating: [unknown]),
    ]
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
