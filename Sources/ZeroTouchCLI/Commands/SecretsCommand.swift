import ArgumentParser

/// `zerotouch secrets`.
struct SecretsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "secrets", abstract: "Secrets: proved, rotated, brought to this laptop.",
    subcommands: [SecretsVerifyCommand.self, SecretsRotateCommand.self, SecretsImportCommand.self])
}
