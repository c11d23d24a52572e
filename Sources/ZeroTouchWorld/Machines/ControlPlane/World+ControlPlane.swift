import ZeroTouchManifests
import ZeroTouchModel

extension World {
  /// The configuration rules from now on: own certificates, own services.
  mutating func configurationTakesEffect(_ address: IPAddress) {
    guard case .configuring(let configuration) = machines[address]?.state else { return }
    machines[address]?.booted = now
    setState(.configured(Installation(configuration)), of: address)
    begin(on: address)
  }

  /// Starts the services of a configured machine.
  mutating func begin(on address: IPAddress) {
    start(MachineMoment.runtime.timer(address), after: RealWorld.configuration.declared.typical / 2)
  }

  mutating func runtimeStarted(_ address: IPAddress) {
    guard let installation = machines[address]?.installation else { return }
    machines[address]?.installation?.hasRuntime = true
    noteChange(of: address)
    if installation.etcd == .preparing { joinEtcd(address) }
    registerLater(address)
  }

  /// A control plane finds the members of its cluster by `cluster.id`, and asks the oldest to be let in.
  mutating func joinEtcd(_ address: IPAddress) {
    guard let machine = machines[address], machine.hasTime, let installation = machine.installation,
      installation.hasRuntime, installation.etcd == .preparing,
      let cluster = machines.clusters.first(where: { $0.identity == installation.configuration.identity }),
      hasQuorum(cluster), cluster.members.contains(where: { $0 != address && runsEtcd($0, of: cluster) })
    else { return }
    machines[address]?.installation?.etcd = .joining(cluster: cluster.id)
    noteChange(of: address)
    start(.etcdJoined, of: address, after: .etcdJoin)
  }

  mutating func etcdBecameHealthy(_ address: IPAddress) {
    guard case .starting(let cluster) = machines[address]?.installation?.etcd else { return }
    machines[address]?.installation?.etcd = .member(cluster: cluster)
    noteChange(of: address)
    log("[talos] service[etcd](Running): Health check successful", on: address)
    start(.kubernetesAPI, of: address, after: .kubernetesAPI)
    for machine in machines.all where machine.address != address { joinEtcd(machine.address) }
  }

  mutating func etcdJoined(_ address: IPAddress) {
    guard case .joining(let cluster) = machines[address]?.installation?.etcd else { return }
    machines[address]?.installation?.etcd = .member(cluster: cluster)
    // Who comes back with an empty disk takes the place of the member that it was.
    machines.updateCluster(cluster) { $0.members = $0.members.filter { $0 != address } + [address] }
    noteChange(of: address)
    log("[talos] service[etcd](Running): Health check successful", on: address)
    updateServing()
    registerLater(address)
    createStaticPods(of: address)
  }

  /// The API of a cluster answers; only the oldest cluster's is the one that the world serves.
  mutating func kubernetesAPIStarted(_ address: IPAddress) {
    guard case .member(let id) = machines[address]?.installation?.etcd else { return }
    machines.updateCluster(id) { $0.hasAPI = true }
    guard machines.served?.id == id, let configuration = machines[address]?.installation?.configuration else { return }
    updateServing()
    serve(configuration)
    applyManifests(from: address)
    for machine in machines.all { registerLater(machine.address) }
    settle()
  }

  /// Sets up the API server as its configuration says.
  private mutating func serve(_ configuration: MachineConfiguration) {
    if let block = configuration.serviceSubnets.first.flatMap({ CIDRBlock($0) }) {
      server.serviceNetwork = block.base.bytes
    }
    if let block = configuration.podSubnets.first.flatMap({ CIDRBlock($0) }) { kubelets.podNetwork = block }
    if let version = SemanticVersion(configuration.kubernetesVersion) { server.version = version }
    seedCluster()
  }
}
