import ArgumentParser
import Foundation
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
        zerotouch plan --exit-code    status 6 when something would change
        zerotouch plan --save FILE    for `zerotouch bootstrap --plan FILE`
        zerotouch plan --only sync-waves
        zerotouch plan --budget 15m   fail when real machines would need longer
      """)

  @OptionGroup var cluster: ClusterOptions
  @OptionGroup var machines: MachineOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var budget: BudgetOption

  @Flag(name: .long, help: "Also look at the world: what is done, missing, different.")
  var observe = false

  @Flag(name: .long, help: "Look at the world, and end with status 6 when a bootstrap would change something.")
  var exitCode = false

  @Option(name: .long, help: "Look at the world, and write the plan to a file that bootstrap can be given.")
  var save: String?

  @OptionGroup var selection: SelectionOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let run = try await cluster.reference.run(
      in: environment, told: Narration(isVerbose: output.verbose), machines: machines)
    let plan = try run.bootstrap.plan().selecting(selection.selection)
    for warning in run.bootstrap.warnings { environment.console.narrate(warning.description) }
    let prediction = Prediction(of: plan)
    let looks = observe || exitCode || save != nil
    let seen = looks ? try await run.observe(plan) : []
    if exitCode || save != nil { try Self.demandSight(seen) }
    let sightings = Dictionary(seen.map { ($0.step, $0.observation) }, uniquingKeysWith: { $1 })
    switch output.output {
    case .text: environment.console.result(PlanView.text(plan, prediction, sightings: sightings))
    case .json: environment.console.result(PlanView.json(plan, prediction, sightings: sightings).text(.indented))
    }
    if let save { try Self.keep(SavedPlan(plan, seen), in: environment.absolute(save)) }
    try budget.check(prediction)
    return exitCode && !plan.pending(seen).isEmpty ? .changesPending : .done
  }

  private static func keep(_ plan: SavedPlan, in path: String) throws {
    do {
      try (plan.json.text(.indented) + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    } catch {
      throw Refusal(
        .inputWrong, "`\(path)` cannot be written: \(error.localizedDescription)",
        remedy: "name a file in a folder that is there and yours")
    }
  }

  /// Where nobody answers there is no plan: one that is made from what would be usual promises what nobody knows.
  private static func demandSight(_ seen: [PipelineObserver.Sighting]) throws {
    guard let dark = seen.first(where: { $0.observation.state == .unreachable }) else { return }
    throw Refusal(
      .gateNotReached, "there is no plan: the live state of `\(dark.step)` cannot be read: \(dark.observation.saw)",
      remedy: "make it answer, or print the steps without looking: zerotouch plan")
  }
}
