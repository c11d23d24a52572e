import ArgumentParser
import ZeroTouchModel
import ZeroTouchPipeline

/// `zerotouch status`.
struct StatusCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Print the state of every step: observed, not remembered.",
    discussion: """
      Runs the probes of the bootstrap and changes nothing.

      EXAMPLES
        zerotouch status
        zerotouch status -o json
      """)

  @OptionGroup var cluster: ClusterOptions
  @OptionGroup var output: OutputOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let run = try await cluster.reference.run(in: environment, told: Narration(isVerbose: output.verbose))
    let sightings = try await run.observe(run.bootstrap.plan())
    switch output.output {
    case .text: environment.console.result(Self.text(sightings))
    case .json: environment.console.result(Self.json(sightings).text(.indented))
    }
    return .done
  }

  private static func text(_ sightings: [PipelineObserver.Sighting]) -> String {
    var table = Table(header: ["STEP", "STATE", "SAW"])
    table.rows = sightings.map { [$0.step.description, $0.observation.state.rawValue, $0.observation.saw] }
    return table.text
  }

  private static func json(_ sightings: [PipelineObserver.Sighting]) -> JSONValue {
    .array(
      sightings.map {
        [
          "step": .string($0.step.description), "title": .string($0.title),
          "state": .string($0.observation.state.rawValue), "saw": .string($0.observation.saw),
        ]
      })
  }
}
