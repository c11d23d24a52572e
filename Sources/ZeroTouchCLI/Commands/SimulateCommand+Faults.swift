import ZeroTouchModel
import ZeroTouchSimulation

extension SimulateCommand {
  /// Meets each fault in a cluster of its own, and prints how the run ended.
  func meet(_ faults: [Fault], on ground: SimulationGround, _ environment: LiveEnvironment) async throws -> ExitStatus {
    let trials = try await faults.mapSideBySide(atMost: jobs) { fault in
      let outcome = try await Simulation(ground, seed: seed, hazards: fault.hazards).run()
      if self.fault != nil { tell(outcome, environment.console) }
      return FaultTrial(fault, outcome, on: ground)
    }
    environment.console.result(FaultPage.markdown(trials, nodes: nodes))
    let surprising = trials.filter { !$0.surprises.isEmpty }
    for trial in surprising {
      environment.console.narrate("\(trial.fault.name): \(trial.surprises.joined(separator: "; "))")
    }
    return surprising.isEmpty ? .done : .runFailed
  }
}
