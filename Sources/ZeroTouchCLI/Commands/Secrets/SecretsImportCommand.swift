import ArgumentParser
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline

/// `zerotouch secrets import`.
struct SecretsImportCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Decrypt bootstrap/secrets.age into the state directory.",
    discussion: """
      On a new laptop, with the identity of one of the recipients of zerotouch.yaml. age itself decrypts.

      EXAMPLES
        zerotouch secrets import --identity ~/.config/age/identity.txt
      """)

  @Option(name: [.customShort("i"), .long], help: "The file with the identity that age-keygen made.")
  var identity: String

  @OptionGroup var cluster: ClusterOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let (spec, layout) = try cluster.reference.resolve(in: environment)
    let bundle = try await EncryptedBundle(path: layout.encryptedSecrets, environment: environment).opened(by: identity)
    let workspace = Workspace(root: layout.state(of: spec.name))
    let target = workspace.path("secrets.yaml")
    if let present = workspace.contents(of: target) {
      guard present == bundle else {
        throw Refusal(
          .refused, "`\(target)` holds another secrets bundle",
          remedy: "move it away if it is not this cluster's; nothing was changed")
      }
      environment.console.narrate("`\(target)` holds these secrets already")
      return .done
    }
    try workspace.prepare()
    try workspace.write(bundle, to: target)
    environment.console.narrate("wrote \(target)\nnext: zerotouch status")
    return .done
  }
}
