import ArgumentParser
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

/// `zerotouch plan`.
struct PlanCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Print every step with its command lines; nothing is changed.",
    discussion: """
      Without --observe only the spec and the repository are read. With it, every step's probe looks at the world.

      EXAMPLES
        zerotouch plan
        zerotouch plan 203.0.113.10 --worker-nodes worker01:203.0.113.20
        zerotouch plan --observe -o json
        zerotouch plan --budget 15m                     fail when real machines would need longer
      """)

  @OptionGroup var cluster: ClusterOptions
  @OptionGroup var machines: MachineOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var budget: BudgetOption

  @Flag(name: .long, help: "Also look at the world: what is done, missing, different.")
  var observe = false

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let run = try await cluster.reference.run(
      in: environment, told: Narration(isVerbose: output.verbose), machines: machines)
    let plan = run.bootstrap.plan()
    for warning in run.bootstrap.warnings { environment.console.narrate(warning.description) }
    let prediction = Prediction(of: plan)
    let seen = observe ? try await run.observe(plan) : []
    let sightings = Dictionary(seen.map { ($0.step, $0.observation) }, uniquingKeysWith: { $1 })
    switch output.output {
    case .text: environment.console.result(PlanView.text(plan, prediction, sightings: sightings))
    case .json: environment.console.result(PlanView.json(plan, prediction, sightings: sightings).text(.indented))
    }
    try budget.check(prediction)
    return .done
  }
}
