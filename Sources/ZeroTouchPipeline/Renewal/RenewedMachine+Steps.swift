import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchTools

extension RenewedMachine {
  func beginning(_ id: StepID, needs: [StepID]) -> Step {
    RenewalRecord.beginning(id, renewal, at: record, needs: needs)
  }

  func draining(_ id: StepID, needs: [StepID]) -> Step {
    Step(
      id, "move the pods of \(node.name) elsewhere", needs: needs,
      probe: probe([.node(node.name, by: kubectl), DrainedNode.question(kubectl)]) { [node] origin, answers in
        guard origin == .older else { return .done("nothing of the cluster runs on it") }
        guard case .node(let seen) = answers.first else { return .unreachable("nobody looked") }
        guard case .seen(let registered) = seen else { return .unreachable(answers.first?.complaint ?? "") }
        guard let registered else { return .done("no Node of that name") }
        return registered.isReady
          ? DrainedNode.judge(registered, answers.last) : .done("\(node.name) is not Ready, and moves no pods any more")
      },
      action: Action(missing: [.run(kubectl.drain(node.name))]))
  }

  /// One that is dead cannot leave by itself, and counts against the majority as long as it is a member.
  func leaving(_ id: StepID, needs: [StepID]) -> Step {
    let asked = others.map { Question.run(bootstrap.talosctl.etcdMembers($0.address)) }
    let name = node.name
    return Step(
      id, "take \(name) out of etcd", needs: needs,
      probe: probe(asked) { origin, answers in
        if origin == .renewed { return .done("it is a member anew, or about to be one") }
        if origin == .older { return .done("it leaves when it is reset") }
        guard
          let members = answers.lazy.compactMap(\.success).map({ EtcdMember.members(in: $0.text) })
            .first(where: { !$0.isEmpty })
        else { return .unreachable(answers.first?.complaint ?? "no other control plane") }
        return members.contains { $0.hostname == name }
          ? .missing("\(name) is a member and does not run") : .done("it is no member")
      },
      action: Action(missing: others.first.map { [.derive(removal(through: $0))] } ?? []))
  }

  private func removal(through other: Node) -> Derivation {
    let (talosctl, name) = (bootstrap.talosctl, node.name)
    return Derivation(
      "take the member `\(name)` out of etcd, by the number that it has there",
      from: talosctl.etcdMembers(other.address)
    ) { output in
      EtcdMember.members(in: output.text).first { $0.hostname == name }
        .map { talosctl.removeEtcdMember($0.id, through: other.address) }
    }
  }

  func deleting(_ id: StepID, needs: [StepID]) -> Step {
    Step(
      id, "delete the Node \(node.name)", needs: needs,
      probe: probe([.node(node.name, by: kubectl)]) { [node] origin, answers in
        if origin == .renewed { return .done("it is registered anew, or about to be") }
        guard case .node(let seen) = answers.last else { return .unreachable("nobody looked") }
        guard case .seen(let registered) = seen else { return .unreachable(answers.last?.complaint ?? "") }
        return registered == nil ? .done("no Node of that name") : .missing("\(node.name) is registered")
      },
      action: Action(missing: [.run(kubectl.deleteNode(node.name))]))
  }
}
