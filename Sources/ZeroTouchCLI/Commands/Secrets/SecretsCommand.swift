import ArgumentParser

/// `zerotouch secrets`.
struct SecretsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "secrets",
    abstract: "Secrets: proved and rotated; the parameters in AWS, and the Talos secrets of a cluster.",
    discussion: """
      EXAMPLES
        zerotouch secrets verify
        zerotouch secrets push .env.ssm
        zerotouch secrets rotate repository
        zerotouch secrets export
      """,
    subcommands: [
      SecretsVerifyCommand.self, SecretsRotateCommand.self, SecretsPushCommand.self, SecretsListCommand.self,
      SecretsExportCommand.self, SecretsImportCommand.self, SecretsRekeyCommand.self,
    ])
}
