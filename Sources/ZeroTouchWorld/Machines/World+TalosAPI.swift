import ZeroTouchManifests
package import ZeroTouchModel

extension World {
  /// Gives a machine a configuration over its API, as `talosctl apply-config` does; the text of what comes of it.
  ///
  /// The machine answers as soon as it has accepted; what follows takes its time.
  package mutating func applyConfiguration(
    _ text: String, to address: IPAddress, isDryRun: Bool = false
  ) throws(TalosRefusal) -> String {
    let configuration = try accepted(text, by: address)
    if isDryRun { return "Dry run summary:\nApplied configuration without a reboot (skipped in dry-run)." }
    switch machines[address]?.state {
    case .maintenance:
      machines[address]?.state = .configuring(configuration)
      log("[talos] machine configuration received", on: address)
      start(MachineMoment.certificates.timer(address), after: RealWorld.configuration.declared.typical / 2)
      return "Applied configuration without a reboot"
    case .configuring:
      throw TalosRefusal(.failedPrecondition, "another apply configuration is already in progress")
    case .configured(var installation):
      installation.configuration = configuration
      setState(.configured(installation), of: address)
      if machines.served?.members.contains(address) == true { applyManifests(from: address) }
      return "Applied configuration without a reboot"
    default: throw TalosRefusal(.unavailable, "connection refused")
    }
  }

  private func accepted(_ text: String, by address: IPAddress) throws(TalosRefusal) -> MachineConfiguration {
    let configuration: MachineConfiguration
    do { configuration = try MachineConfiguration(text: text) } catch {
      throw TalosRefusal(.invalidArgument, error.description)
    }
    guard configuration.main != nil else {
      throw TalosRefusal(
        .invalidArgument,
        "the applied machine configuration doesn't contain v1alpha1 config, did you mean to patch the machine config instead?"
      )
    }
    var problems = configuration.problems()
    problems.append(configuration.problems(on: machines[address]?.disks ?? []))
    guard problems.isEmpty else { throw TalosRefusal(.invalidArgument, problems.description) }
    return configuration
  }

  /// Begins etcd on a machine, as `talosctl bootstrap` does. Nobody stops a second one on another machine.
  package mutating func bootstrapEtcd(on address: IPAddress) throws(TalosRefusal) {
    guard let machine = machines[address], let installation = machine.installation else {
      throw TalosRefusal(.permissionDenied, "not authorized")
    }
    guard installation.configuration.isControlPlane else {
      throw TalosRefusal(.unimplemented, "bootstrap is only available on control plane nodes")
    }
    guard installation.hasRuntime else {
      throw TalosRefusal(.failedPrecondition, "bootstrap is not available yet")
    }
    guard machine.hasTime else { throw TalosRefusal(.failedPrecondition, "time is not in sync yet") }
    guard installation.etcd == .preparing else {
      throw TalosRefusal(.alreadyExists, "etcd data directory is not empty")
    }
    machines.clusterCount += 1
    let id = machines.clusterCount
    machines.clusters.append(EtcdCluster(id: id, identity: installation.configuration.identity, founder: address))
    machines.updateCluster(id) { $0.members = [address] }
    machines[address]?.installation?.etcd = .starting(cluster: id)
    noteChange(of: address)
    log("[talos] etcd is bootstrapping", on: address)
    start(.etcdHealthy, of: address, after: .etcdBootstrap)
  }
}
