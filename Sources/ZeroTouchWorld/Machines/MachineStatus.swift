import Foundation
import ZeroTouchManifests
package import ZeroTouchModel

/// What Talos's resource `machinestatus` says about a machine.
package struct MachineStatus: Sendable, Hashable {
  package struct UnmetCondition: Sendable, Hashable {
    package let name: String
    package let reason: String
  }

  /// `maintenance`, `booting`, `running`, …
  package let stage: String
  package let unmet: [UnmetCondition]

  package var isReady: Bool { unmet.isEmpty }
}

extension World {
  /// The status of a machine whose API answers; nil for any other.
  package func machineStatus(_ address: IPAddress) -> MachineStatus? {
    guard let machine = machines[address], machine.answersTalos else { return nil }
    guard let installation = machine.installation else { return MachineStatus(stage: "maintenance", unmet: []) }
    let time = machine.hasTime ? [] : [MachineStatus.UnmetCondition(name: "time", reason: "time is not synced")]
    let unmet = time + unmetConditions(of: machine, installation)
    return MachineStatus(stage: unmet.isEmpty ? "running" : "booting", unmet: unmet)
  }

  private func unmetConditions(of machine: Machine, _ installation: Installation) -> [MachineStatus.UnmetCondition] {
    if !installation.hasRuntime { return [.init(name: "services", reason: "kubelet not ready")] }
    if installation.configuration.isControlPlane, !installation.etcd.isMember {
      return [.init(name: "services", reason: "etcd not ready")]
    }
    guard installation.hasNode else {
      return [.init(name: "nodeReady", reason: "node \"\(machine.hostname)\" status is not available yet")]
    }
    return isNodeReady(machine.hostname)
      ? [] : [.init(name: "nodeReady", reason: "node \"\(machine.hostname)\" is not ready")]
  }

  /// A service of a machine: its name, its state and whether it is healthy.
  package typealias MachineService = (name: String, state: String, isHealthy: Bool)

  /// The services of a machine whose API answers.
  package func services(of address: IPAddress) -> [MachineService] {
    guard let machine = machines[address], machine.answersTalos else { return [] }
    let own: [MachineService] = [
      ("apid", "Running", true), ("machined", "Running", true), ("containerd", "Running", true),
    ]
    guard let installation = machine.installation else { return own }
    let runtime: MachineService = installation.hasRuntime ? ("cri", "Running", true) : ("cri", "Waiting", false)
    let isUp = installation.hasRuntime && machine.hasTime
    let kubelet: MachineService = ("kubelet", isUp ? "Running" : "Waiting", isUp)
    return own + [runtime, kubelet] + etcd(of: installation, isUp, hasQuorum: etcdCluster(of: address).map(hasQuorum))
  }

  /// Talos calls etcd healthy as long as it can read a key, which takes the majority.
  private func etcd(of installation: Installation, _ isUp: Bool, hasQuorum: Bool?) -> [MachineService] {
    switch installation.etcd {
    case .absent: []
    case .preparing: [("etcd", isUp ? "Preparing" : "Waiting", false)]
    case .starting, .joining: [("etcd", "Running", false)]
    case .member: [("etcd", "Running", hasQuorum ?? false)]
    }
  }

  /// The machine's stage in one word, also where no API answers.
  package func stage(of address: IPAddress) -> String {
    guard let machine = machines[address] else { return "unknown" }
    switch machine.state {
    case .off: return "off"
    case .rescue: return "rescue"
    case .writingImage: return "writing-image"
    case .rebooting: return "rebooting"
    case .configuring: return "configuring"
    case .maintenance, .configured: return machineStatus(address)?.stage ?? "unreachable"
    }
  }

  /// The machines that find each other by the identity of their cluster, as one of them sees it.
  package func discovered(by address: IPAddress) -> [Machine] {
    guard let own = machines[address]?.installation?.configuration.identity else { return [] }
    return machines.all.filter { $0.installation?.configuration.identity == own }
  }

  /// The members of the etcd cluster that a machine belongs to.
  package func etcdMembers(of address: IPAddress) -> [Machine] {
    guard let id = machines[address]?.installation?.etcd.cluster,
      let cluster = machines.clusters.first(where: { $0.id == id })
    else { return [] }
    return cluster.members.compactMap { machines[$0] }
  }
}
