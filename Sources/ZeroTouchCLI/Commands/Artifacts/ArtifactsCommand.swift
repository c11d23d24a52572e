import ArgumentParser

/// `zerotouch artifacts`.
struct ArtifactsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "artifacts",
    abstract: "Everything from outside: pinned by the lock, fetched once, verified on every use.",
    discussion: """
      The lock is bootstrap/artifacts.lock.yaml. The cache is $XDG_CACHE_HOME/zerotouch, or ~/.cache/zerotouch; once it is
      full, a bootstrap needs no network of this laptop but the nodes.

      EXAMPLES
        zerotouch artifacts list
            what is pinned, and what the cache has of it
        zerotouch artifacts fetch
            what is missing; kill it anywhere and run it again
        zerotouch artifacts verify
            take every sum again; starts no transfer
        zerotouch artifacts update talos-image
            measure what has no sum yet, and write the sum to the lock
        zerotouch artifacts update cilium@1.19.7   pin another version
      """,
    subcommands: [
      ArtifactsFetchCommand.self, ArtifactsVerifyCommand.self, ArtifactsListCommand.self, ArtifactsUpdateCommand.self,
    ])
}
