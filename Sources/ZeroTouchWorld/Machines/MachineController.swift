import ZeroTouchModel

/// Moves the machines: boots, services, etcd, the Kubernetes API and the registration of nodes take their time.
struct MachineController: Controller {
  let name = MachineMoment.controller
  let watches: Set<GroupResource> = [.nodes]

  /// A node that became Ready or was deleted changes its machine's status.
  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    guard !world.machines.isEmpty else { return }
    world.noticeNodes(changed.map(\.name))
  }

  func elapsed(_ timer: Timer, in world: inout World) {
    guard let address = IPAddress(timer.subject.name), let moment = MachineMoment(rawValue: timer.purpose) else {
      return
    }
    switch moment {
    case .powerOn: world.machinePoweredOn(address)
    case .timeInSync: world.setTime(true, machine: address)
    case .imageWritten: world.imageWritten(address)
    case .booted: world.machineBooted(address)
    case .certificates: world.configurationTakesEffect(address)
    case .runtime: world.runtimeStarted(address)
    case .etcdHealthy: world.etcdBecameHealthy(address)
    case .etcdJoined: world.etcdJoined(address)
    case .kubernetesAPI: world.kubernetesAPIStarted(address)
    case .node: world.kubeletRegisters(address)
    case .manifests: world.applyManifests(from: address)
    case .bootTimeout: world.bootTimedOut(address)
    }
  }
}

extension World {
  /// The controllers of the machines under the cluster.
  package static var machineControllers: [any Controller] { [MachineController()] }
}
