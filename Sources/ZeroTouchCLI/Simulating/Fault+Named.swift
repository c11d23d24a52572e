import ZeroTouchModel
import ZeroTouchSimulation

extension Fault {
  /// The fault that somebody asks for by its name.
  static func named(_ name: String) throws -> Fault {
    if let fault = FaultTable.named(name) { return fault }
    throw Refusal(
      .inputWrong, "no fault is called `\(name)`",
      remedy: "name one of \(FaultTable.all.map(\.name).joined(separator: ", "))")
  }
}

extension NodeCounts {
  /// The machines that a fault needs.
  init(_ machines: Fault.Machines) {
    self.init(controlPlanes: machines.controlPlanes, workers: machines.workers)
  }
}
