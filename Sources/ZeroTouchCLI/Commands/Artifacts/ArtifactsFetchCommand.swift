import ArgumentParser
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

/// `zerotouch artifacts fetch`.
struct ArtifactsFetchCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch", abstract: "Bring what the lock pins and the cache lacks.",
    discussion: """
      Transfers run side by side and go on where an earlier run was ended; a file gets its name only once its sum is right.
      Proxies are taken from HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY. Exits with 1 where a sum is wrong or a
      transfer fails, with 4 where only entries without a sum are left out.

      EXAMPLES
        zerotouch artifacts fetch
        zerotouch artifacts fetch cilium gateway-api
        zerotouch artifacts fetch --mirror https://mirror.example.org/artifacts
      """)

  @Argument(help: "The artifacts, or groups such as gateway-api; all of the lock where none are named.")
  var names: [String] = []

  @OptionGroup var mirror: MirrorOption
  @OptionGroup var options: ArtifactOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let shelf = try options.shelf(in: environment)
    try shelf.checkSchematic()
    let artifacts = try shelf.artifacts(names)
    let fetcher = environment.fetcher(for: shelf, from: try mirror.mirror(in: environment))
    if artifacts.contains(where: { $0.sha256 != nil && shelf.store.state(of: $0) != .present }) {
      try await Toolbox.fetching.demand(of: environment.tools())
    }
    try await fetcher.fetch(artifacts, holder: environment.holder)
    let view = ArtifactView(artifacts, in: shelf.store)
    environment.console.result(options.format.output == .json ? view.json.text(.indented) : view.text())
    return .done
  }
}
