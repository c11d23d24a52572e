import ZeroTouchModel
import ZeroTouchTools

/// Looks at machines through the Talos API: their stage, their services, and whose etcd they belong to.
struct MachineExamination: Sendable {
  /// How many machines are asked; those of a large cluster look alike.
  private static let most = 24

  private let cluster: ExaminedCluster
  private let inquiry: Inquiry

  init(_ cluster: ExaminedCluster, _ inquiry: Inquiry) { (self.cluster, self.inquiry) = (cluster, inquiry) }

  func look() async {
    guard let talosctl = cluster.talosctl else { return }
    let nodes = cluster.nodes.filter { $0.role == .controlPlane } + cluster.nodes.filter { $0.role == .worker }
    let sights = await Array(nodes.prefix(Self.most)).mapSideBySide(atMost: Self.most) { await look(at: $0, talosctl) }
    inquiry.notes.note(EtcdReading.symptoms(of: sights))
    let left = nodes.count - Self.most
    if left > 0 { inquiry.notes.note(unread: "\(left) more machines", "\(Self.most) are looked at") }
  }

  /// Looks at one machine; the answer is what it says of its etcd.
  private func look(at node: Node, _ talosctl: Talosctl) async -> EtcdReading {
    let reply = await inquiry.ask(talosctl.machineStatus(node.address))
    guard let output = reply.good, let status = MachineStatus(output) else {
      inquiry.notes.note([Symptom(.machine, "machine \(node.name)", reply.reason)])
      return EtcdReading(node: node.name, isSilent: true)
    }
    inquiry.notes.note(MachineReading.symptoms(of: status, node))
    if let services = await inquiry.ask(talosctl.services(node.address)).good {
      inquiry.notes.note(MachineReading.symptoms(ofServices: services.text, node))
    }
    guard node.role == .controlPlane else { return EtcdReading(node: node.name) }
    let members = await inquiry.ask(talosctl.etcdMembers(node.address))
    return EtcdReading(
      node: node.name, members: members.good.map { EtcdMember.members(in: $0.text) } ?? [],
      isLeaderless: members.output.map { ToolFailure(talosctl: $0.errorText).suggestsNoLeader } ?? false)
  }
}

/// What answers of talosctl say.
enum MachineReading {
  /// What keeps a machine from being ready. That its node is not, the cluster tells better.
  static func symptoms(of status: MachineStatus, _ node: Node) -> [Symptom] {
    let isUp = status.stage == .running || status.stage == .booting
    guard !isUp || status.unmetConditions.contains(where: { $0.name != "nodeReady" }) else { return [] }
    return [Symptom(.machine, "machine \(node.name)", "its stage is \(status)")]
  }

  /// The services that do not run, or are not healthy.
  static func symptoms(ofServices text: String, _ node: Node) -> [Symptom] {
    TalosServiceStatus.all(in: text).filter { !$0.isHealthy && !($0.state == "Running" && $0.health == "?") }.map {
      Symptom(.service, "service \($0.id) of \(node.name)", "it is \($0.state), health \($0.health)")
    }
  }
}
