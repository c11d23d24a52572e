package import ZeroTouchManifests
import ZeroTouchModel

/// Where a machine stands on its way from bare metal to a node.
package enum MachineState: Sendable, Hashable {
  /// Switched off, or not there yet.
  case off
  /// The provider's rescue system: a shell on port 22.
  case rescue
  /// The rescue system writes Talos to the disk at the path, and reboots behind that if it was told to.
  case writingImage(disk: String, reboots: Bool)
  /// Between two systems; nothing answers. What was configured comes up again.
  case rebooting(Installation?)
  /// Talos without a configuration: its API answers without certificates.
  case maintenance
  /// A configuration was accepted; the API still shows the certificate of the maintenance mode.
  case configuring(MachineConfiguration)
  /// Talos with its configuration and its own certificates.
  case configured(Installation)
}

/// What runs on a configured machine.
package struct Installation: Sendable, Hashable {
  package var configuration: MachineConfiguration
  package var etcd: EtcdState
  /// Whether the container runtime is up; before, nothing can be bootstrapped.
  package var hasRuntime = false
  /// Whether the kubelet has registered its node.
  package var hasNode = false

  package init(_ configuration: MachineConfiguration) {
    self.configuration = configuration
    etcd = configuration.isControlPlane ? .preparing : .absent
  }
}

/// The state of etcd on one machine.
package enum EtcdState: Sendable, Hashable {
  /// A worker has none.
  case absent
  /// Waits for a bootstrap or for members to join.
  case preparing
  /// Begins the cluster of this number.
  case starting(cluster: Int)
  /// Asks the members of the cluster to be let in.
  case joining(cluster: Int)
  case member(cluster: Int)

  /// The cluster whose data the machine's disk holds.
  package var cluster: Int? {
    switch self {
    case .absent, .preparing: nil
    case .starting(let cluster), .joining(let cluster), .member(let cluster): cluster
    }
  }

  package var isMember: Bool { if case .member = self { true } else { false } }
}
