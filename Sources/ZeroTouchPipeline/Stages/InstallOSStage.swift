import ZeroTouchManifests
package import ZeroTouchModel
import ZeroTouchTools

/// Writes Talos to the disk of a machine that waits in a rescue system.
package enum InstallOSStage: Stage {
  package static let name = "install-os"

  /// What is written, and the sum that the machine checks.
  package struct Image: Sendable, Hashable {
    package let url: String
    package let sha256: String?

    package init(url: String, sha256: String?) {
      self.url = url
      self.sha256 = sha256
    }
  }

  /// What a probe of this stage says of a machine that waits for its configuration, so that others can tell.
  static let seenInMaintenance = "in maintenance mode"

  package static func id(_ node: Node) -> StepID { StepID(name, node.name) }

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    bootstrap.spec.nodes.sorted { $0.name < $1.name }.map { step($0, bootstrap) }
  }

  private static func step(_ node: Node, _ bootstrap: Bootstrap) -> Step {
    Step(
      id(node), "write Talos to the disk of \(node.name)", needs: [RenderStage.id(node)],
      probe: probe(node, bootstrap),
      action: Action(
        missing: operations(node, bootstrap),
        // It may come up with Talos or in its rescue system: whichever it is decides what is to be done.
        unreachable: .askAgain(within: bootstrap.spec.bound(of: .talosMaintenance)),
        foreign: .refuse(
          "if the machine is to leave the other cluster, boot it into its rescue system; otherwise fix its address")),
      expected: ExpectedDuration(.imageWrite, .maintenanceBoot))
  }

  /// Talos first, since a machine that answers there needs nothing; only then the rescue system.
  private static func probe(_ node: Node, _ bootstrap: Bootstrap) -> Probe {
    let questions: [Question] = [
      .run(Talosctl.Maintenance.machineStatus(node.address)), .run(bootstrap.talosctl.machineStatus(node.address)),
      .run(ssh(node, bootstrap).run(["true"], effect: .reads, deadline: .seconds(20))),
    ]
    return Probe(questions) { answers in judge(answers, node) }
  }

  private static func judge(_ answers: [Answer], _ node: Node) -> Observation? {
    switch answers.count {
    case 0: return nil
    case 1: return TalosAnswer(insecure: answers[0]) == .maintenance ? .done(seenInMaintenance) : nil
    case 2:
      switch TalosAnswer(authenticated: answers[1]) {
      case .configured(let stage): return .done("configured, \(stage)")
      case .otherCluster: return .foreign("\(node.name) (\(node.address)) belongs to another cluster")
      default: break
      }
      if TalosAnswer(insecure: answers[0]) == .wantsCertificate {
        return .done("configured; it asks for a certificate")
      }
      return nil
    default:
      if answers[2].success != nil { return .missing("no Talos; a shell answers at \(node.address)") }
      if answers[2].complaint.contains("Permission denied") {
        return .missing("no Talos; \(node.address) refuses the key: \(answers[2].complaint)")
      }
      return .unreachable("neither Talos nor a rescue system answers: \(answers[2].complaint)")
    }
  }

  private static func operations(_ node: Node, _ bootstrap: Bootstrap) -> [Operation] {
    let ssh = ssh(node, bootstrap)
    let image = bootstrap.lock["talos-image"].map { Image(url: $0.url, sha256: $0.sha256) }
    let script = script(image: image ?? Image(url: "", sha256: nil), disk: node.disk)
    return revealKey(node, bootstrap) + [
      .run(ssh.script(script, effect: .mutates, deadline: RealWorld.imageWrite.declared.pessimistic * 5)),
      // The connection ends with the system it was made to.
      .run(
        ssh.run(["reboot"], effect: .mutates),
        tolerating: [
          Tolerance("closed by remote host", meaning: "the machine reboots"),
          Tolerance("Connection reset", meaning: "the machine reboots"),
        ]),
      .wait(bootstrap.gates.talosMaintenance(node)),
    ]
  }

  private static func ssh(_ node: Node, _ bootstrap: Bootstrap) -> SSH {
    SSH(host: node.address, keyFile: keyFile(node, bootstrap), knownHosts: bootstrap.knownHosts)
  }

  private static func keyFile(_ node: Node, _ bootstrap: Bootstrap) -> String? {
    switch node.sshKey {
    case nil: nil
    case .file(let path, nil): path
    case .some: bootstrap.workspace.path("ssh/\(node.name)")
    }
  }

  private static func revealKey(_ node: Node, _ bootstrap: Bootstrap) -> [Operation] {
    guard let reference = node.sshKey, let path = keyFile(node, bootstrap) else { return [] }
    // ssh reads a key where it lies.
    if case .file(_, nil) = reference { return [] }
    return [.reveal(reference, to: path)]
  }
}
