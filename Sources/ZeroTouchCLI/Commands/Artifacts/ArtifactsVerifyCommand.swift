import ArgumentParser
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline

/// `zerotouch artifacts verify`.
struct ArtifactsVerifyCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Take the sum of everything in the cache again; needs no network.",
    discussion: """
      Exits with 1 where something is missing or altered, with 4 where only sums are missing in the lock, and with 2
      where the Talos image is made by another schematic than bootstrap/talos/schematic.yaml.

      EXAMPLES
        zerotouch artifacts verify
        zerotouch artifacts verify cilium -o json
      """)

  @Argument(help: "The artifacts, or groups such as gateway-api; all of the lock where none are named.")
  var names: [String] = []

  @OptionGroup var options: ArtifactOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let shelf = try options.shelf(in: environment)
    try shelf.checkSchematic()
    let view = ArtifactView(try shelf.artifacts(names), in: shelf.store)
    environment.console.result(options.format.output == .json ? view.json.text(.indented) : view.text())
    for problem in view.problems { environment.console.narrate("zerotouch: \(problem)") }
    return view.problems.map(\.exitStatus).min { $0.rawValue < $1.rawValue } ?? .done
  }
}
