package import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchTools

/// Adds the workers, all at once.
package enum JoinWorkerStage: Stage {
  package static let name = "join-worker"
  static let label = "node-role.kubernetes.io/worker"

  package static func id(_ node: Node) -> StepID { StepID(name, node.name) }

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    bootstrap.spec.workers.map { node in
      // The kubelet may not give itself this label; it comes last, for it says that the others hold.
      let labelled = Operation.run(bootstrap.kubectl.label("node", node.name, .cluster, [label: ""]))
      let settle = bootstrap.gates.joined(node).map { Operation.wait($0) } + [labelled]
      return Step(
        id(node), "join \(node.name)", needs: [NetworkGateStage.id, InstallOSStage.id(node)],
        probe: probe(node, bootstrap),
        action: Action(
          missing: ApplyConfigStage.give(node, bootstrap) + settle, different: .perform(settle),
          unreachable: .askAgain(within: .seconds(300)),
          foreign: .refuse("check its address; a machine of another cluster is never configured")),
        expected: ExpectedDuration(.configuration, .nodeRegistration, .imagePull, .containerStart))
    }
  }

  private static func probe(_ node: Node, _ bootstrap: Bootstrap) -> Probe {
    let machine = ApplyConfigStage.probe(node, bootstrap)
    return Probe([.node(node.name, by: bootstrap.kubectl)] + machine.questions) { answers in
      guard case .node(let seen) = answers.first else { return nil }
      guard case .seen(let registered) = seen else { return .unreachable(answers[0].complaint) }
      if let registered { return judge(registered) }
      guard let seen = machine.judge(Array(answers.dropFirst())) else { return nil }
      return seen.state == .done ? .different("\(seen.saw); not registered yet") : seen
    }
  }

  private static func judge(_ node: ObservedNode) -> Observation {
    guard node.isReady else { return .different("\(node.name) is registered and not Ready") }
    return node.metadata.labels[label] != nil
      ? .done("\(node.name) is Ready") : .different("\(node.name) is Ready without its role label")
  }
}
