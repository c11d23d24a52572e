import ZeroTouchModel
import ZeroTouchWorld

extension WorldHost {
  /// How the world is at this moment.
  func status(speed: Double) -> WorldStatus {
    let requests = requestCount
    return withWorld { world in
      let machines = world.machines.all.map { machine in
        WorldStatus.Machine(name: machine.name, address: "\(machine.address)", stage: machine.state.word)
      }
      return WorldStatus(
        now: world.now, speed: speed, isServing: world.isServing, requests: requests, machines: machines)
    }
  }
}

extension MachineState {
  /// The state as a person reads it.
  fileprivate var word: String {
    switch self {
    case .off: "off"
    case .rescue: "rescue"
    case .writingImage: "writing the image"
    case .rebooting: "rebooting"
    case .maintenance: "maintenance"
    case .configuring: "configuring"
    case .configured(let installation): installation.hasNode ? "running" : "configured"
    }
  }
}
