import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchRehearsal
import ZeroTouchSimulation

extension SimulateCommand {
  /// Simulates a cluster a seed, until there are enough.
  func simulate(on grounds: SimulationGrounds, _ environment: LiveEnvironment) async throws -> ExitStatus {
    let clock = RunClock(environment.clock)
    let series = SimulationSeries(
      bound: runs.map { .runs($0) } ?? .clusters(clusters ?? 1), seed: seed, width: jobs, clock: clock,
      report: { environment.console.narrate($0.text(after: clock.elapsed)) })
    let total = try await series.run { seed in
      let ground = grounds.ground(of: seed)
      let outcome = try await Simulation(
        ground, seed: seed, hazards: hazards(of: seed, on: ground), course: course
      ).run()
      show(outcome, environment.console)
      return SimulationTally(outcome)
    }
    environment.console.result(total.text(took: clock.elapsed))
    return total.broken == 0 ? .done : .runFailed
  }

  private func hazards(of seed: UInt64, on ground: SimulationGround) -> Hazards {
    if let killAt { return Hazards([.killed(at: killAt)]) }
    return calm ? Hazards() : ground.hazards(of: seed)
  }

  private func show(_ outcome: Simulation.Outcome, _ console: Console) {
    tell(outcome, console)
    if isOne { console.result(SimulationTally.text(of: outcome)) }
    for violation in outcome.violations {
      console.narrate("seed \(outcome.seed): \(violation)\n  again: scripts/simulate \(words(of: outcome.seed))")
    }
  }

  /// The arguments that make one run happen again.
  private func words(of seed: UInt64) -> String {
    var words = ["--seed \(seed)", "--nodes \(sizes.size(of: seed).text)"]
    if calm { words.append("--calm") }
    words += courseWords
    if let killAt { words.append("--kill-at \(killAt)") }
    if wholePlatform { words.append("--whole-platform") }
    return words.joined(separator: " ")
  }
}

extension SimulationGround {
  /// What goes wrong in the run of a seed.
  func hazards(of seed: UInt64) -> Hazards {
    .drawn(
      from: seed, machines: scenario.machines.count, applications: bootstrap.applications.applications.map(\.name),
      events: 150 + 50 * scenario.machines.count)
  }
}
