/// A port that a node must offer to others.
///
/// Sources: Talos 1.13's network requirements; Cilium 1.19's system requirements with VXLAN.
package struct NodePort: Sendable, Hashable {
  package enum Transport: String, Sendable, Hashable { case tcp, udp }

  package let numbers: ClosedRange<Int>
  package let transport: Transport
  package let use: String
  /// Who has to reach it.
  package let callers: String
  /// Whether zerotouch itself calls it from this laptop.
  package let isCalledFromHere: Bool

  private init(
    _ numbers: ClosedRange<Int>, _ transport: Transport = .tcp, use: String, callers: String, fromHere: Bool = false
  ) {
    self.numbers = numbers
    self.transport = transport
    self.use = use
    self.callers = callers
    isCalledFromHere = fromHere
  }

  /// The port as firewalls write it: `50000/tcp`.
  package var number: String {
    let range = numbers.count == 1 ? "\(numbers.lowerBound)" : "\(numbers.lowerBound)-\(numbers.upperBound)"
    return "\(range)/\(transport.rawValue)"
  }

  package static let ssh = NodePort(
    22...22, use: "ssh of the rescue system", callers: "this laptop, until Talos is written", fromHere: true)
  package static let talos = NodePort(
    50000...50000, use: "Talos API", callers: "this laptop, control planes", fromHere: true)
  package static let kubernetes = NodePort(
    6443...6443, use: "Kubernetes API", callers: "this laptop, all nodes", fromHere: true)

  /// The ports of a node by its role.
  package static func required(of role: Node.Role) -> [NodePort] {
    let everywhere = [
      ssh, talos,
      NodePort(10250...10250, use: "kubelet", callers: "control planes"),
      NodePort(8472...8472, .udp, use: "Cilium's VXLAN", callers: "all nodes"),
      NodePort(4240...4240, use: "Cilium's health checks", callers: "all nodes"),
    ]
    let controlPlane = [
      kubernetes,
      NodePort(50001...50001, use: "Talos trustd", callers: "workers"),
      NodePort(2379...2380, use: "etcd", callers: "control planes"),
    ]
    return role == .controlPlane ? everywhere + controlPlane : everywhere
  }
}
