import ArgumentParser
import ZeroTouchManifests
import ZeroTouchModel

/// `zerotouch secrets rekey`.
struct SecretsRekeyCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "rekey", abstract: "Encrypt bootstrap/secrets.age to the recipients that zerotouch.yaml names now.",
    discussion: """
      Needs the identity of somebody who may open it still. What was committed before stays readable to those who
      could read it: whoever must not know the secrets any more needs other secrets, not another key.

      EXAMPLES
        zerotouch secrets rekey --identity ~/.config/age/identity.txt
      """)

  @Option(name: [.customShort("i"), .long], help: "The file with the identity that age-keygen made.")
  var identity: String

  @OptionGroup var cluster: ClusterOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let (spec, layout) = try cluster.reference.resolve(in: environment)
    let recipients = try spec.demandedRecipients()
    let encrypted = EncryptedBundle(path: layout.encryptedSecrets, environment: environment)
    let bundle = try await encrypted.opened(by: identity)
    try await encrypted.seal(bundle, to: recipients)
    environment.console.narrate("wrote \(encrypted.path) for \(recipients.count) recipients; commit it")
    if try await !encrypted.opens(for: identity) {
      environment.console.narrate("your own identity does not open it any more")
    }
    return .done
  }
}
