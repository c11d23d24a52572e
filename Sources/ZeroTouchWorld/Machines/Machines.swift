package import ZeroTouchModel

/// All machines of the world and the etcd clusters they form.
package struct Machines: Sendable {
  private var byAddress: [IPAddress: Machine] = [:]
  package internal(set) var clusters: [EtcdCluster] = []
  /// Which machine runs the kubelet of a node, by the node's name.
  var kubelets: [String: IPAddress] = [:]
  /// How often in a row the API did not take all manifests.
  var manifestFailures = 0
  /// How many clusters there ever were.
  package internal(set) var clusterCount = 0

  package init() {}

  package var isEmpty: Bool { byAddress.isEmpty }

  /// The machines in the order of their addresses.
  package var all: [Machine] { byAddress.values.sorted { $0.address < $1.address } }

  package internal(set) subscript(address: IPAddress) -> Machine? {
    get { byAddress[address] }
    set { byAddress[address] = newValue }
  }

  /// The machine with a name, of the inventory or of its configuration.
  package func named(_ name: String) -> Machine? { all.first { $0.name == name || $0.hostname == name } }

  /// The cluster whose Kubernetes API the world serves: the oldest.
  package var served: EtcdCluster? { clusters.first }

  /// Changes a cluster that still exists.
  mutating func updateCluster(_ id: Int, _ change: (inout EtcdCluster) -> Void) {
    guard let index = clusters.firstIndex(where: { $0.id == id }) else { return }
    change(&clusters[index])
  }
}
