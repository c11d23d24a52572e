import ArgumentParser

/// `zerotouch nodes`.
struct NodesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nodes", abstract: "The nodes of a cluster: list them, take one out.",
    subcommands: [NodesListCommand.self, NodesRemoveCommand.self])
}
