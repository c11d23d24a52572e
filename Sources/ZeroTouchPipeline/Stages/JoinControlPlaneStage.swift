package import ZeroTouchModel

/// Waits until every further control plane's etcd is a member; Talos joins it by itself.
package enum JoinControlPlaneStage: Stage {
  package static let name = "join-control-plane"

  package static func id(_ node: Node) -> StepID { StepID(name, node.name) }

  /// Waits until a control plane that was made anew is a member of etcd and its Node is Ready.
  static func returning(_ node: Node, _ bootstrap: Bootstrap) -> Step {
    let gates = [bootstrap.gates.etcdMember(beside: node), bootstrap.gates.nodeReady(node)]
    return Step(
      StepID("rejoin", node.name), "let \(node.name) join again", needs: [ApplyConfigStage.id(node)],
      probe: .gates(gates), action: Action(missing: gates.map { .wait($0) }),
      expected: ExpectedDuration(.etcdJoin, .nodeRegistration, .imagePull, .containerStart))
  }

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    bootstrap.spec.controlPlanes.dropFirst().map { node in
      let gate = bootstrap.gates.etcdMember(node)
      return Step(
        id(node), "let \(node.name) join etcd", needs: [ApplyConfigStage.id(node), BootstrapEtcdStage.id],
        probe: .gates([gate]), action: Action(missing: [.wait(gate)]), expected: ExpectedDuration(.etcdJoin))
    }
  }
}
