package import ZeroTouchModel

/// One etcd cluster; a second bootstrap on another machine makes a second one.
package struct EtcdCluster: Sendable, Hashable, Identifiable {
  package let id: Int
  package let identity: ClusterIdentity
  /// The machine that was told to bootstrap.
  package let founder: IPAddress
  /// In the order in which they joined.
  package internal(set) var members: [IPAddress] = []
  /// Whether the Kubernetes API on it has come up.
  package internal(set) var hasAPI = false
}
