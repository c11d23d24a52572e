import ZeroTouchManifests
package import ZeroTouchModel
import ZeroTouchTools

/// Brings machines back to where nothing of their cluster is on them: maintenance mode where Talos answers, else the
/// rescue system, from which the installation goes on.
package enum ResetMachineStage {
  package static let name = "reset"

  package static func id(_ node: Node) -> StepID { StepID(name, node.name) }

  /// The step of one machine. What it says itself decides: one that was configured in this renewal is left alone, so
  /// that a renewal that goes on after an interruption never takes away what it has made.
  static func step(
    _ node: Node, in renewal: Renewal, graceful: Bool = false, needs: [StepID], _ bootstrap: Bootstrap
  ) -> Step {
    Step(
      id(node), "wipe state and data of \(node.name)", needs: needs,
      probe: Probe(MachineOrigin.questions(node, bootstrap)) { answers in
        MachineOrigin(answers, mark: renewal.began).map { judge($0, node, bootstrap) }
      },
      action: Action(
        missing: operations(node, graceful: graceful, bootstrap),
        // A run that was killed may have reset it a moment ago.
        unreachable: .askAgain(within: bootstrap.spec.bound(of: .talosMaintenance)),
        foreign: .refuse(
          "if the machine is to leave the other cluster, boot it into its rescue system; otherwise fix its address")),
      expected: ExpectedDuration(.maintenanceBoot))
  }

  private static func judge(_ origin: MachineOrigin, _ node: Node, _ bootstrap: Bootstrap) -> Observation {
    switch origin {
    case .maintenance: .done(InstallOSStage.seenInMaintenance)
    case .rescue: .done("no Talos; ssh answers at \(node.address)")
    case .renewed: .done(seenRenewed)
    case .older: .missing("it runs what is to be made anew")
    case .otherCluster: .foreign(bootstrap.stranger(node))
    case .silent(let reason): .unreachable(node.silence(reason))
    }
  }

  /// What is said of a machine that this renewal has made already, so that others can tell.
  static let seenRenewed = "it was made anew already"

  /// Wipes a machine and waits until it is back; Talos stays on its disk.
  static func operations(_ node: Node, graceful: Bool, _ bootstrap: Bootstrap) -> [Operation] {
    [
      .run(
        bootstrap.talosctl.reset(node.address, graceful: graceful),
        // Who asks a second time, because the first answer was lost, meets the maintenance mode.
        tolerating: [Tolerance("certificate signed by unknown authority", meaning: "it is reset already")]),
      .wait(bootstrap.gates.talosMaintenance(node)),
    ]
  }
}
