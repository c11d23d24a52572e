import ZeroTouchModel
import ZeroTouchTools

extension TalosGates {
  static func judgeMaintenance(_ output: ToolOutput) -> GateAnswer {
    guard output.status == 0 else {
      let failure = ToolFailure(talosctl: output.errorText)
      return failure.suggestsConfigured
        ? .waiting("the machine refuses calls without a certificate, as one that is configured does: \(failure)")
        : .waiting("the Talos API does not answer: \(failure)")
    }
    guard let status = MachineStatus(output) else { return .waiting("the answer is no machine status") }
    return status.stage == .maintenance
      ? .open("stage maintenance") : .waiting("stage \(status), where maintenance was expected")
  }

  static func judgeConfigured(_ output: ToolOutput) -> GateAnswer {
    guard output.status == 0 else {
      let failure = ToolFailure(talosctl: output.errorText)
      if failure.suggestsOtherCluster {
        return .blocked(
          "the machine belongs to a cluster with other secrets: \(failure)\n  reset it, or use its secrets")
      }
      return failure.suggestsOtherAuthority
        ? .waiting("the machine is still in maintenance mode: \(failure)")
        : .waiting("the Talos API does not answer: \(failure)")
    }
    guard let status = MachineStatus(output) else { return .waiting("the answer is no machine status") }
    switch status.stage {
    case .running, .booting: return .open("stage \(status)")
    default: return .waiting("stage \(status)")
    }
  }

  static func judgeEtcdPrepared(_ output: ToolOutput) -> GateAnswer {
    service(output) { etcd in
      ["Preparing", "Running"].contains(etcd.state)
        ? .open("etcd is \(etcd.state)") : .waiting("etcd is \(etcd.state)")
    }
  }

  static func judgeWithoutManifests(_ output: ToolOutput, _ ids: Set<String>) -> GateAnswer {
    guard output.status == 0 else { return .waiting("\(ToolFailure(talosctl: output.errorText))") }
    let held = TalosManifest.names(in: output.text).intersection(ids)
    return held.isEmpty ? .open("none") : .waiting("Talos still holds \(held.sorted().joined(separator: ", "))")
  }

  static func judgeEtcdHealthy(_ output: ToolOutput) -> GateAnswer {
    service(output) { etcd in
      etcd.isHealthy ? .open("etcd is Running and OK") : .waiting("etcd is \(etcd.state), health \(etcd.health)")
    }
  }

  /// What is said of an etcd whose members answer, and are too few.
  package static let noLeader =
    "etcd has no leader: more than half of its members do not run; start their machines, or make the cluster anew: "
    + "zerotouch rebuild"

  /// Why etcd is not healthy, where its members know; otherwise what its service says.
  static func judgeEtcdHealthy(_ output: ToolOutput, asked members: Sight<ToolOutput>) -> GateAnswer {
    let answer = judgeEtcdHealthy(output)
    guard !answer.lets, case .seen(let members) = members, members.status != 0,
      ToolFailure(talosctl: members.errorText).suggestsNoLeader
    else { return answer }
    return .waiting("\(answer.reason); \(noLeader)")
  }

  static func judgeMembers(_ output: ToolOutput, _ wanted: Int, counting: ([EtcdMember]) -> Int) -> GateAnswer {
    guard output.status == 0 else {
      let failure = ToolFailure(talosctl: output.errorText)
      return .waiting(failure.suggestsNoLeader ? noLeader : "\(failure)")
    }
    let members = EtcdMember.members(in: output.text)
    let voting = members.filter { !$0.isLearner }
    let names = members.map { $0.isLearner ? "\($0.hostname) (learner)" : $0.hostname }.sorted()
    let seen = names.isEmpty ? "etcd has no members" : "members of etcd: \(names.joined(separator: ", "))"
    let count = counting(voting)
    return count == wanted ? .open(seen) : .waiting("\(count) of \(wanted); \(seen)")
  }

  private static func service(_ output: ToolOutput, _ judge: (TalosServiceStatus) -> GateAnswer) -> GateAnswer {
    guard output.status == 0 else { return .waiting("\(ToolFailure(talosctl: output.errorText))") }
    guard let service = TalosServiceStatus(output.text) else { return .waiting("the answer is no service status") }
    return judge(service)
  }
}
