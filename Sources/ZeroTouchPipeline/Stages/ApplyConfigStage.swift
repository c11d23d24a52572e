import ZeroTouchManifests
package import ZeroTouchModel
import ZeroTouchTools

/// Gives every control plane its configuration.
package enum ApplyConfigStage: Stage {
  package static let name = "apply-config"

  package static func id(_ node: Node) -> StepID { StepID(name, node.name) }

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    bootstrap.spec.controlPlanes.map { node in
      let configured = Operation.wait(bootstrap.gates.talosConfigured(node))
      return Step(
        id(node), "configure \(node.name)", needs: [InstallOSStage.id(node)],
        probe: besideOthers(node, bootstrap),
        action: Action(
          missing: give(node, bootstrap) + [configured],
          different: .perform(give(bootstrap.steadyConfiguration(of: node), to: node) + [configured]),
          unreachable: .askAgain(within: .seconds(300)),
          foreign: .refuse("check its address; a machine of another cluster is never configured")),
        expected: ExpectedDuration(.configuration))
    }
  }

  /// Hands a machine in maintenance mode its configuration.
  static func give(_ node: Node, _ bootstrap: Bootstrap) -> [Operation] {
    give(bootstrap.configuration(of: node), to: node)
  }

  private static func give(_ configuration: String, to node: Node) -> [Operation] {
    // Talos answers an anonymous caller in one of three ways once it has a configuration; the gate behind settles it.
    let configured = ["certificate required", "broken pipe", "connection reset by peer"]
    return [
      .run(
        Talosctl.Maintenance.applyConfiguration(configuration, to: node.address),
        tolerating: configured.map { Tolerance($0, meaning: "it may be configured already") })
    ]
  }

  /// The same question, and of a machine in maintenance mode whether Argo CD owns the network already: then it must
  /// not bring the inline manifests again. Another control plane tells.
  private static func besideOthers(_ node: Node, _ bootstrap: Bootstrap) -> Probe {
    let machine = probe(node, bootstrap)
    guard let other = bootstrap.spec.controlPlanes.first(where: { $0.name != node.name }) else { return machine }
    let ours = bootstrap.inlineResourceIDs
    return Probe(machine.questions + [.run(bootstrap.talosctl.manifests(other.address))]) { answers in
      guard let seen = machine.judge(Array(answers.prefix(machine.questions.count))) else { return nil }
      guard seen.state == .missing else { return seen }
      guard answers.count > machine.questions.count else { return nil }
      let held = answers.last?.success.map { TalosManifest.names(in: $0.text) } ?? []
      guard !held.isEmpty, held.isDisjoint(with: ours) else { return seen }
      return .different("\(seen.saw); Argo CD owns the network already")
    }
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
      case .otherCluster: return .foreign(bootstrap.stranger(node))
      default: break
      }
      guard answers.count > 1 else { return nil }
      if TalosAnswer(insecure: answers[1]) == .maintenance { return .missing(InstallOSStage.seenInMaintenance) }
      return .unreachable(first.complaint)
    }
  }
}
