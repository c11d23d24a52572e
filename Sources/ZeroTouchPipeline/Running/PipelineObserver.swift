import ZeroTouchModel

/// Looks at the world through the probes of a plan and changes nothing: `plan --observe` and `status`.
package struct PipelineObserver: Sendable {
  /// What one step's probe saw.
  package struct Sighting: Sendable, Hashable {
    package let step: StepID
    package let title: String
    package let observation: Observation

    package init(step: StepID, title: String, observation: Observation) {
      self.step = step
      self.title = title
      self.observation = observation
    }
  }

  private let environment: PipelineEnvironment

  package init(_ environment: PipelineEnvironment) { self.environment = environment }

  /// Asks every step whose needs are done; the others cannot have begun, and asking them could only mislead.
  package func observe(_ plan: BootstrapPlan) async throws -> [Sighting] {
    let clock = RunClock(environment.clock)
    let narrator = Narrator(clock: clock, concealment: environment.concealment, sink: environment.report)
    let performer = StepPerformer(
      environment: environment, narrator: narrator, slots: ToolSlots(), clock: clock)
    let prober = StepProber(performer: performer, sightings: Sightings())
    var seen: [StepID: Observation] = [:]
    var left = plan.inOrder
    let known = Set(plan.steps.map(\.id))
    while !left.isEmpty {
      let ready = left.filter { step in step.needs.allSatisfy { seen[$0] != nil || !known.contains($0) } }
      guard !ready.isEmpty else { break }
      for (id, observation) in try await ask(ready, seen, prober, narrator) { seen[id] = observation }
      left.removeAll { seen[$0.id] != nil }
    }
    return plan.steps.map { Sighting(step: $0.id, title: $0.title, observation: seen[$0.id] ?? .missing("not asked")) }
  }

  private func ask(
    _ steps: [Step], _ seen: [StepID: Observation], _ prober: StepProber, _ narrator: Narrator
  ) async throws -> [(StepID, Observation)] {
    try await steps.mapSideBySide { step in
      let lacking = step.needs.sorted().filter { need in seen[need].map { !Self.permitsMore($0, need) } ?? false }
      guard lacking.isEmpty else {
        return (step.id, .missing("not asked: it needs \(lacking.map { "`\($0)`" }.joined(separator: ", "))"))
      }
      let observation = try await prober.observe(step)
      prober.sightings.note(observation, of: step.id)
      narrator.say(.observed(step.id, observation))
      return (step.id, observation)
    }
  }

  /// Whether what follows can exist. Files that every run makes anew say nothing about the world.
  private static func permitsMore(_ seen: Observation, _ id: StepID) -> Bool {
    seen.state == .done || seen.state == .different || id.stage == RenderStage.name
  }
}
