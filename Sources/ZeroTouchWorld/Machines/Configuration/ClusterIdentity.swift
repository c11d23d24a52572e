package import ZeroTouchManifests
import ZeroTouchModel

/// What makes machines belong together: the parts of the secrets that must be equal.
package struct ClusterIdentity: Sendable, Hashable {
  /// The certificate of the CA of Talos's own API.
  package let authority: String
  /// `cluster.id`, under which the members find each other.
  package let clusterID: String
  /// `machine.token`, with which a worker asks for its certificate.
  package let machineToken: String
  /// `cluster.token`, with which a kubelet asks for its own.
  package let bootstrapToken: String
}

extension MachineConfiguration {
  package var identity: ClusterIdentity {
    ClusterIdentity(
      authority: machine[path: "ca", "crt"]?.stringValue ?? "",
      clusterID: cluster["id"]?.stringValue ?? "",
      machineToken: machine["token"]?.stringValue ?? "",
      bootstrapToken: cluster["token"]?.stringValue ?? "")
  }
}
