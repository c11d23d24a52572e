import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchSimulation

extension SimulateCommand {
  /// Meets each fault in a cluster of its own, and prints how the run ended.
  func meet(
    _ faults: [Fault], from layout: RepositoryLayout, in directory: String, _ environment: LiveEnvironment
  ) async throws -> ExitStatus {
    var trials: [String: FaultTrial] = [:]
    for (machines, faults) in Dictionary(grouping: faults, by: \.machines) {
      let folder = "\(directory)/\(machines.controlPlanes)-\(machines.workers)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let grounds = try await grounds(ClusterSizes(NodeCounts(machines)), from: layout, in: folder, environment)
      for trial in try await meet(faults, on: grounds.usual, environment) { trials[trial.fault.name] = trial }
    }
    return tell(faults.compactMap { trials[$0.name] }, environment.console)
  }

  private func meet(
    _ faults: [Fault], on ground: SimulationGround, _ environment: LiveEnvironment
  ) async throws -> [FaultTrial] {
    try await faults.mapSideBySide(atMost: jobs) { fault in
      let outcome = try await Simulation(ground, seed: seed, hazards: fault.hazards).run()
      if self.fault != nil { tell(outcome, environment.console) }
      return FaultTrial(fault, outcome, on: ground)
    }
  }

  private func tell(_ trials: [FaultTrial], _ console: Console) -> ExitStatus {
    console.result(FaultPage.markdown(trials))
    let surprising = trials.filter { !$0.surprises.isEmpty }
    for trial in surprising {
      console.narrate("\(trial.fault.name): \(trial.surprises.joined(separator: "; "))")
    }
    return surprising.isEmpty ? .done : .runFailed
  }
}
