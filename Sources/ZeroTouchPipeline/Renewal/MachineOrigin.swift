import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools

/// Where what runs on a machine comes from, as far as a rebuild or a replacement has to know.
enum MachineOrigin: Sendable, Hashable {
  /// It waits for its configuration: nothing of any cluster is on it.
  case maintenance
  /// Its rescue system, or some other one, answers by ssh.
  case rescue
  /// It was configured in this very renewal.
  case renewed
  /// It runs with an older configuration of this cluster.
  case older
  /// It trusts another cluster's authority.
  case otherCluster
  case silent(String)

  /// What is asked of a machine; as far as needed, in this order.
  static func questions(_ node: Node, _ bootstrap: Bootstrap) -> [Question] {
    [
      .run(Talosctl.Maintenance.machineStatus(node.address)),
      .run(bootstrap.talosctl.nodeAnnotation(RenewalMark.annotation, node.address)),
      .run(SSH.knock(at: node.address, port: node.access.port, within: 10)),
    ]
  }

  /// Reads the answers so far; nil where the next one is needed.
  init?(_ answers: some Collection<Answer>, mark: String) {
    let answers = Array(answers)
    guard let first = answers.first else { return nil }
    if TalosAnswer(insecure: first) == .maintenance {
      self = .maintenance
      return
    }
    guard answers.count > 1 else { return nil }
    if let certified = Self(certified: answers[1], mark: mark) {
      self = certified
      return
    }
    guard answers.count > 2 else { return nil }
    // ssh asks for a proof, or wants none: either way it is there.
    let isThere = answers[2].success != nil || answers[2].complaint.contains("Permission denied")
    self = isThere ? .rescue : .silent(answers[2].complaint)
  }

  /// Reads what a machine said to somebody with this cluster's certificate; nil where it said nothing.
  private init?(certified answer: Answer, mark: String) {
    if let output = answer.success {
      let value = (try? JSONValue(parsing: output.standardOutput))?[path: "spec", "value"]?.stringValue
      self = value == mark ? .renewed : .older
      return
    }
    let failure = ToolFailure(talosctl: answer.errorText)
    if failure.suggestsUnknownKind {
      self = .silent("its Talos does not tell where its configuration comes from: \(failure)")
    } else if failure.kind == .notFound {
      self = .older
    } else if failure.suggestsOtherCluster {
      self = .otherCluster
    } else {
      return nil
    }
  }
}

extension Node {
  /// Why nothing can be done about a machine that says nothing, and what would help.
  func silence(_ reason: String) -> String {
    "\(name) (\(address)): neither Talos nor a rescue system answers: \(reason); start it, or send it to its rescue "
      + "system: zerotouch rescue \(name) --via robot"
  }
}
