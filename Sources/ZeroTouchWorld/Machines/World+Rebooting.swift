import ZeroTouchManifests
package import ZeroTouchModel

extension World {
  /// Stops what runs on a configured machine and boots it again.
  mutating func halt(_ address: IPAddress, _ installation: Installation) {
    if installation.hasNode, let machine = machines[address] { nodeHeartbeatsStop(machine.hostname) }
    machines[address]?.state = .rebooting(installation)
    updateServing()
    start(.booted, of: address, after: .maintenanceBoot)
  }

  /// Brings up again what a machine was configured for.
  mutating func resume(_ installation: Installation, on address: IPAddress) {
    setState(.configured(installation), of: address)
    restartEtcd(on: address)
    updateServing()
    if machines.served?.members.contains(address) == true { applyManifests(from: address) }
    guard installation.hasNode, let machine = machines[address] else { return begin(on: address) }
    restartContainers(on: machine.hostname)
    nodeHeartbeatsResume(machine.hostname)
    awaitReadiness(of: address)
  }

  /// Wipes a machine's configuration and data; what stays of the disk decides what boots next.
  ///
  /// `labels` names the wiped partitions, none means the whole disk. Without `reboot` the machine switches itself off.
  package mutating func resetMachine(
    _ address: IPAddress, graceful: Bool, reboots: Bool, labels: [String]
  ) throws(TalosRefusal) {
    guard let installation = machines[address]?.installation, let machine = machines[address] else {
      throw TalosRefusal(.permissionDenied, "not authorized")
    }
    let members = installation.etcd.cluster.flatMap { id in machines.clusters.first { $0.id == id } }?.members ?? []
    if graceful, installation.etcd.isMember, members == [address] {
      throw TalosRefusal(.failedPrecondition, "failed to leave cluster: etcd member is the last member")
    }
    if installation.hasNode { nodeHeartbeatsStop(machine.hostname) }
    machines.kubelets[machine.hostname] = nil
    forgetTimers(of: address)
    leaveEtcd(address, installation)
    let keepsData = !labels.isEmpty && !labels.contains("STATE")
    if labels.isEmpty { machines[address]?.imageDisk = nil }
    machines[address]?.state = reboots ? .rebooting(keepsData ? Installation(installation.configuration) : nil) : .off
    if reboots { start(.booted, of: address, after: .maintenanceBoot) }
    updateServing()
  }

  private mutating func leaveEtcd(_ address: IPAddress, _ installation: Installation) {
    guard let id = installation.etcd.cluster else { return }
    machines.updateCluster(id) { $0.members.removeAll { $0 == address } }
    let isServed = machines.served?.id == id
    machines.clusters.removeAll { $0.id == id && $0.members.isEmpty }
    // Without members nobody holds the objects any more.
    if isServed, !machines.clusters.contains(where: { $0.id == id }) { forgetCluster() }
  }

  /// A cluster without members has neither objects nor anybody who remembers some; what lies outside of it stays.
  private mutating func forgetCluster() {
    for resource in objects.resources {
      for (key, _) in objects.list(resource) { objects.remove(key) }
    }
    _ = objects.takeUnsettled()
    timers.cancelAll(but: MachineMoment.controller)
    forgetErrands()
    let archives = platform.archives
    (workloads, cilium, argoCD, platform) = (WorkloadState(), CiliumState(), ArgoCDState(), PlatformState())
    platform.archives = archives
    kubelets = Kubelets()
    server.registry = .builtIn
    machines.kubelets = [:]
    machines.manifestFailures = 0
    for machine in machines.all where machine.installation?.hasNode == true {
      machines[machine.address]?.installation?.hasNode = false
    }
  }

  /// Takes a member that is gone out of etcd, as `talosctl etcd remove-member` does through one that runs.
  package mutating func removeEtcdMember(_ gone: IPAddress, through address: IPAddress) throws(TalosRefusal) {
    guard let cluster = etcdCluster(of: address) else {
      throw TalosRefusal(.unimplemented, "etcd remove member is only available on control plane nodes")
    }
    guard hasQuorum(cluster) else {
      throw TalosRefusal(.unknown, "failed to remove member: etcdserver: no leader")
    }
    guard cluster.members.contains(gone) else {
      throw TalosRefusal(.notFound, "etcdserver: member not found")
    }
    machines.updateCluster(cluster.id) { $0.members.removeAll { $0 == gone } }
    updateServing()
  }

  /// Starts a machine's rescue system, as its provider does: nothing of what was on it runs, and etcd still counts it.
  package mutating func startRescue(_ address: IPAddress) {
    guard let machine = machines[address] else { return }
    if machine.installation?.hasNode == true { nodeHeartbeatsStop(machine.hostname) }
    machines.kubelets[machine.hostname] = nil
    forgetTimers(of: address)
    machines[address]?.isReachable = true
    machines[address]?.imageDisk = nil
    setState(.rescue, of: address)
    updateServing()
  }

  private mutating func forgetTimers(of address: IPAddress) {
    for moment in MachineMoment.allCases { timers.cancel(moment.timer(address)) }
  }
}
