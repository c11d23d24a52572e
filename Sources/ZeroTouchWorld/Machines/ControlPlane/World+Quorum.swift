package import ZeroTouchModel

/// Whether an etcd can be written: more than half of its members run.
extension World {
  package func hasQuorum(_ cluster: EtcdCluster) -> Bool {
    cluster.members.count { runsEtcd($0, of: cluster) } * 2 > cluster.members.count
  }

  /// Whether a machine runs as a member; one that came back empty at a member's address holds none of its data.
  func runsEtcd(_ address: IPAddress, of cluster: EtcdCluster) -> Bool {
    guard let machine = machines[address], machine.isReachable else { return false }
    switch machine.installation?.etcd {
    case .member(let id), .starting(let id): return id == cluster.id
    case .absent, .preparing, .joining, nil: return false
    }
  }

  /// The etcd whose data a machine holds.
  package func etcdCluster(of address: IPAddress) -> EtcdCluster? {
    machines[address]?.installation?.etcd.cluster.flatMap { id in machines.clusters.first { $0.id == id } }
  }

  /// The API answers while it has come up and etcd has its majority; who asked to be let in meanwhile asks again.
  mutating func updateServing() {
    guard !machines.isEmpty else { return }
    for machine in machines.all { joinEtcd(machine.address) }
    isServing = machines.served.map { $0.hasAPI && hasQuorum($0) } ?? false
  }

  /// What etcd was about when its machine stopped, it begins again.
  mutating func restartEtcd(on address: IPAddress) {
    switch machines[address]?.installation?.etcd {
    case .starting: start(.etcdHealthy, of: address, after: .etcdBootstrap)
    case .joining:
      machines[address]?.installation?.etcd = .preparing
      joinEtcd(address)
    case .absent, .preparing, .member, nil: break
    }
  }
}
