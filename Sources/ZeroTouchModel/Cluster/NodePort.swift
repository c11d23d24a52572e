/// A port that a node must offer to others.
///
/// Sources: Talos 1.13's network requirements; Cilium 1.19's system requirements with VXLAN.
package struct NodePort: Sendable, Hashable {
  package let number: String
  package let use: String
  /// Who has to reach it.
  package let callers: String

  /// The ports of a node by its role.
  package static func required(of role: Node.Role) -> [NodePort] {
    let everywhere = [
      NodePort(number: "50000/tcp", use: "Talos API", callers: "this laptop, control planes"),
      NodePort(number: "10250/tcp", use: "kubelet", callers: "control planes"),
      NodePort(number: "8472/udp", use: "Cilium's VXLAN", callers: "all nodes"),
      NodePort(number: "4240/tcp", use: "Cilium's health checks", callers: "all nodes"),
    ]
    let controlPlane = [
      NodePort(number: "6443/tcp", use: "Kubernetes API", callers: "this laptop, all nodes"),
      NodePort(number: "50001/tcp", use: "Talos trustd", callers: "workers"),
      NodePort(number: "2379-2380/tcp", use: "etcd", callers: "control planes"),
    ]
    return role == .controlPlane ? everywhere + controlPlane : everywhere
  }
}
