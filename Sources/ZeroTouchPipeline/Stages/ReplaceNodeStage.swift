import ZeroTouchModel

/// What comes before a node is configured anew: the look whether it can be spared, its pods, its place in etcd, its
/// machine, its Node.
///
/// A machine that answers is drained and leaves etcd by itself when it is reset; one that is dead is taken out of etcd
/// by another control plane, and nobody waits for its pods.
enum ReplaceNodeStage {
  static let check = "check-replacement"
  static let begin = "begin-replacement"
  static let drain = RemoveNodeStage.drain
  static let leave = "leave-etcd"
  static let delete = RemoveNodeStage.delete
  static let finish = "finish-replacement"

  /// The steps in their order, each behind the one before; the first is behind `needs`.
  static func steps(_ node: Node, in renewal: Renewal, needs: [StepID], _ bootstrap: Bootstrap) -> [Step] {
    let machine = RenewedMachine(node: node, renewal: renewal, bootstrap: bootstrap)
    let checked = StepID(check, node.name)
    let begun = StepID(begin, node.name)
    let drained = StepID(drain, node.name)
    let left = StepID(leave, node.name)
    let isPlane = node.role == .controlPlane
    return [
      machine.checking(checked, needs: needs), machine.beginning(begun, needs: [checked]),
      machine.draining(drained, needs: [begun]),
    ] + (isPlane ? [machine.leaving(left, needs: [drained])] : []) + [
      ResetMachineStage.step(node, in: renewal, graceful: true, needs: [isPlane ? left : drained], bootstrap),
      machine.deleting(StepID(delete, node.name), needs: [ResetMachineStage.id(node)]),
    ]
  }

  /// Remembers that the node is back.
  static func finishing(_ node: Node, _ renewal: Renewal, needs: [StepID], _ bootstrap: Bootstrap) -> Step {
    RenewalRecord.finishing(
      StepID(finish, node.name), renewal, at: bootstrap.workspace.renewal(of: node.name), needs: needs)
  }
}
