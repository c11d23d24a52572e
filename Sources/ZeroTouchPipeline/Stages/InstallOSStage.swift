import ZeroTouchManifests
package import ZeroTouchModel
import ZeroTouchTools

/// Writes Talos to the disk of a machine that waits in a rescue system.
package enum InstallOSStage: Stage {
  package static let name = "install-os"

  /// What is written, and the sum that the machine checks.
  package struct Image: Sendable, Hashable {
    /// How it comes to the machine.
    package enum Source: String, Sendable, Hashable {
      /// The rescue system downloads it.
      case url
      /// The laptop streams it over ssh, out of its cache.
      case laptop = "stdin"
    }

    package let url: String
    package let sha256: String?
    /// In bytes as it travels, where it is known.
    package let size: Int?
    package let source: Source

    package init(url: String, sha256: String?, size: Int? = nil, source: Source = .url) {
      self.url = url
      self.sha256 = sha256
      self.size = size
      self.source = source
    }
  }

  /// What a probe of this stage says of a machine that waits for its configuration, so that others can tell.
  static let seenInMaintenance = "in maintenance mode"
  /// How it begins what it says of one that has a configuration of this cluster.
  static let seenConfigured = "configured"

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

  /// Talos first, since a machine that answers there needs nothing; only then whether ssh answers: whether that is a
  /// rescue system, the machine itself proves once somebody is let in.
  static func probe(_ node: Node, _ bootstrap: Bootstrap) -> Probe {
    let questions: [Question] = [
      .run(Talosctl.Maintenance.machineStatus(node.address)), .run(bootstrap.talosctl.machineStatus(node.address)),
      .run(SSH.knock(at: node.address, port: node.access.port, within: 10)),
    ]
    return Probe(questions + bootstrap.neighbours.map { $0.question(node) }) { answers in
      judge(answers, node, bootstrap)
    }
  }

  private static func judge(_ answers: [Answer], _ node: Node, _ bootstrap: Bootstrap) -> Observation? {
    if answers.count > 1, TalosAnswer(authenticated: answers[1]) == .otherCluster {
      return bootstrap.stranger(node, askedOf: answers.dropFirst(3))
    }
    switch answers.count {
    case 0: return nil
    case 1: return TalosAnswer(insecure: answers[0]) == .maintenance ? .done(seenInMaintenance) : nil
    case 2:
      if case .configured(let stage) = TalosAnswer(authenticated: answers[1]) {
        return .done("\(seenConfigured), \(stage)")
      }
      if TalosAnswer(insecure: answers[0]) == .wantsCertificate {
        return .done("\(seenConfigured); it asks for a certificate")
      }
      return nil
    default:
      // ssh asks for a proof, or wants none: either way it is there.
      if answers[2].success != nil || answers[2].complaint.contains("Permission denied") {
        return .missing("no Talos; ssh answers at \(node.address)")
      }
      return .unreachable("neither Talos nor a rescue system answers: \(answers[2].complaint)")
    }
  }

  private static func operations(_ node: Node, _ bootstrap: Bootstrap) -> [Operation] {
    let access = RescueAccess(node, bootstrap)
    return access.prepare + write(node, access.ssh, bootstrap) + [
      // The connection ends with the system it was made to, and the gate tells what comes up instead.
      .run(
        access.ssh.run(["reboot"], effect: .mutates),
        tolerating: [
          "closed by remote host", "Connection reset", "Broken pipe", "not responding", "Connection refused",
        ]
        .map { Tolerance($0, meaning: "the machine reboots") })
    ] + access.forget + [.wait(bootstrap.gates.talosMaintenance(node))]
  }

  private static func write(_ node: Node, _ ssh: SSH, _ bootstrap: Bootstrap) -> [Operation] {
    let installation = bootstrap.installation
    let artifact = bootstrap.lock["talos-image"]
    let image = Image(
      url: artifact?.url ?? "", sha256: artifact?.sha256, size: artifact?.size,
      source: installation.sendsImage ? .laptop : .url)
    let script = script(image: image, disk: node.disk, permission: installation.wiping.permission(for: node.name))
    let written = isWritten(mark(image, node.disk), ssh)
    let deadline = RealWorld.imageWrite.declared.pessimistic * (installation.sendsImage ? 40 : 5)
    guard let artifact, installation.sendsImage else {
      return [
        .change(
          ssh.script(script, effect: .mutates, place: .image, deadline: deadline),
          unless: .program(written))
      ]
    }
    // Standard input carries the image, so the script goes ahead.
    let place = "/run/zerotouch/install"
    let depositing = "mkdir -p /run/zerotouch\ncat >\(place) <<'ZEROTOUCH'\n\(script)\nZEROTOUCH\n"
    return [
      .run(ssh.script("\(Self.proof)\nprove_rescue\n\(depositing)", effect: .mutates)),
      .change(
        ssh.run(
          ["bash", "-euo", "pipefail", place], effect: .mutates, input: .file(bootstrap.cached(artifact)),
          place: .image, deadline: deadline), unless: .program(written)),
    ]
  }

  /// Asks for what the script leaves behind in the memory of the rescue system: a laptop may have died between the
  /// script and the reboot.
  private static func isWritten(_ mark: String, _ ssh: SSH) -> ToolInvocation {
    ssh.run(["grep", "-qsF", "--", mark, "/run/zerotouch/written"], effect: .reads, deadline: .seconds(20))
  }
}
