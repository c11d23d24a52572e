import ArgumentParser
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline

/// `zerotouch artifacts list`.
struct ArtifactsListCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Print what the lock pins, and what the cache has of it.",
    discussion: """
      EXAMPLES
        zerotouch artifacts list
        zerotouch artifacts list -o json
      """)

  @OptionGroup var options: ArtifactOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let shelf = try options.shelf(in: environment)
    let view = ArtifactView(shelf.lock.artifacts, in: shelf.store)
    environment.console.result(options.format.output == .json ? view.json.text(.indented) : view.text())
    return .done
  }
}
