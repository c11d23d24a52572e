package import ZeroTouchModel

/// Waits until every further control plane's etcd is a member; Talos joins it by itself.
package enum JoinControlPlaneStage: Stage {
  package static let name = "join-control-plane"

  package static func id(_ node: Node) -> StepID { StepID(name, node.name) }

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    bootstrap.spec.controlPlanes.dropFirst().map { node in
      let gate = bootstrap.gates.etcdMember(node)
      return Step(
        id(node), "let \(node.name) join etcd", needs: [ApplyConfigStage.id(node), BootstrapEtcdStage.id],
        probe: .gates([gate]), action: Action(missing: [.wait(gate)]), expected: ExpectedDuration(.etcdJoin))
    }
  }
}
