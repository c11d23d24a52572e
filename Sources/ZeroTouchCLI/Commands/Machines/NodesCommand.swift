import ArgumentParser

/// `zerotouch nodes`.
struct NodesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nodes", abstract: "The nodes of a cluster: list them, take one out.",
    discussion: """
      EXAMPLES
        zerotouch nodes list
        zerotouch nodes remove worker02
      """,
    subcommands: [NodesListCommand.self, NodesRemoveCommand.self])
}
