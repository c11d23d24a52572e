import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchTools

/// Looks whether an etcd of several members has its majority: without it nothing can be written, nobody can join, and
/// only the machines that are missing, or a rebuild, bring the cluster back.
///
/// Nothing waits for this step, and every control plane is asked at once: where no etcd runs yet it costs nobody a
/// second. Machines that boot after a power cut are given the time that etcd's own gates have.
package enum EtcdMajorityStage: Stage {
  package static let name = "etcd-majority"

  package static func steps(of bootstrap: Bootstrap) -> [Step] {
    let planes = bootstrap.spec.controlPlanes
    // A rebuild comes because it is gone, and a replacement counts the members itself.
    guard planes.count > 1, bootstrap.renewing == nil else { return [] }
    let questions = planes.map {
      Question.run(bootstrap.talosctl.etcdMembers($0.address, within: Talosctl.patience))
    }
    return [
      Step(
        id, "look whether etcd has its majority", needs: planes.map(RenderStage.id),
        probe: Probe(questions, asksAll: true) { answers in
          answers.count == planes.count ? judge(Array(zip(planes, answers)), bootstrap.spec.name) : nil
        },
        action: Action(missing: [], unreachable: .askAgain(within: bootstrap.spec.bound(of: .etcdMembers))),
        expected: ExpectedDuration())
    ]
  }

  private static func judge(_ answers: [(node: Node, answer: Answer)], _ cluster: String) -> Observation {
    if let one = answers.first(where: { $0.answer.success != nil }) {
      return .done("etcd has a leader, says \(one.node.name)")
    }
    let left = answers.filter { ToolFailure(talosctl: $0.answer.errorText).suggestsNoLeader }.map(\.node.name)
    guard !left.isEmpty else { return .done("no control plane runs an etcd yet") }
    let gone = answers.map(\.node.name).filter { !left.contains($0) }
    return .unreachable(
      "etcd has no leader: of \(answers.count) members only \(left.joined(separator: ", ")) answers; start "
        + "\(gone.joined(separator: ", ")), or make the cluster anew: zerotouch rebuild --confirm \(cluster)")
  }
}
