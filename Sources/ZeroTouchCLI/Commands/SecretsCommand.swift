import ArgumentParser

/// `zerotouch secrets`.
struct SecretsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "secrets", abstract: "The Talos secrets of a cluster: bring them to this laptop.",
    subcommands: [SecretsImportCommand.self])
}
