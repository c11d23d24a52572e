package import ZeroTouchModel
import ZeroTouchTools

/// Gives every control plane its configuration.
package enum ApplyConfigStage: Stage {
  package static let name = "apply-config"

  package static func id(_ node: Node) -> StepID { StepID(name, node.name) }

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    bootstrap.spec.controlPlanes.map { node in
      Step(
        id(node), "configure \(node.name)", needs: [InstallOSStage.id(node)], probe: probe(node, bootstrap),
        action: Action(
          missing: give(node, bootstrap) + [.wait(bootstrap.gates.talosConfigured(node))],
          unreachable: .askAgain(within: .seconds(300)),
          foreign: .refuse("check its address; a machine of another cluster is never configured")),
        expected: ExpectedDuration(.configuration))
    }
  }

  /// Hands a machine in maintenance mode its configuration.
  static func give(_ node: Node, _ bootstrap: Bootstrap) -> [Operation] {
    // Talos answers an anonymous caller in one of three ways once it has a configuration; the gate behind settles it.
    let configured = ["certificate required", "broken pipe", "connection reset by peer"]
    return [
      .run(
        Talosctl.Maintenance.applyConfiguration(bootstrap.configuration(of: node), to: node.address),
        tolerating: configured.map { Tolerance($0, meaning: "it may be configured already") })
    ]
  }

  /// Whether the machine has a configuration of this cluster.
  static func probe(_ node: Node, _ bootstrap: Bootstrap) -> Probe {
    let questions: [Question] = [
      .run(bootstrap.talosctl.machineStatus(node.address)), .run(Talosctl.Maintenance.machineStatus(node.address)),
    ]
    return Probe(questions) { answers in
      guard let first = answers.first else { return nil }
      switch TalosAnswer(authenticated: first) {
      case .configured(let stage): return .done("configured, \(stage)")
      case .otherCluster: return .foreign("\(node.name) (\(node.address)) belongs to another cluster")
      default: break
      }
      guard answers.count > 1 else { return nil }
      if TalosAnswer(insecure: answers[1]) == .maintenance { return .missing(InstallOSStage.seenInMaintenance) }
      return .unreachable(first.complaint)
    }
  }
}
