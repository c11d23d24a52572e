import ArgumentParser
import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline

/// `zerotouch secrets export`.
struct SecretsExportCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Encrypt the Talos secrets of this laptop into bootstrap/secrets.age.",
    discussion: """
      For the recipients of zerotouch.yaml; age itself encrypts. With --remove nothing is left in the clear on this
      laptop, once the identity has opened what was written; `zerotouch secrets import` brings it back.

      EXAMPLES
        zerotouch secrets export
        zerotouch secrets export --remove --identity ~/.config/age/identity.txt
      """)

  @Option(
    name: [.customShort("i"), .long],
    help: "The file with an identity that age-keygen made; it compares what is there already.")
  var identity: String?

  @Flag(name: .long, help: "Take what is in the clear out of the state directory; needs --identity.")
  var remove = false

  @OptionGroup var cluster: ClusterOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let (spec, layout) = try cluster.reference.resolve(in: environment)
    let recipients = try spec.demandedRecipients()
    let workspace = Workspace(root: layout.state(of: spec.name))
    let encrypted = EncryptedBundle(path: layout.encryptedSecrets, environment: environment)
    guard !remove || identity != nil else {
      throw Refusal(
        .inputWrong, "what nobody has opened is not removed", remedy: "name the identity of a recipient with --identity"
      )
    }
    guard let bundle = workspace.contents(of: workspace.path("secrets.yaml")) else {
      if remove, let identity, encrypted.exists, try await !encrypted.opened(by: identity).isEmpty {
        return try clear(workspace, environment)
      }
      throw Refusal(
        .inputWrong, "this laptop has no secrets bundle of `\(spec.name)`",
        remedy: "it is made by the first `zerotouch render` or `zerotouch bootstrap`")
    }
    try encrypted.conceal(bundle, of: workspace.path("secrets.yaml"))
    try await keep(bundle, in: encrypted, recipients, environment)
    guard remove, let identity else { return .done }
    guard try await encrypted.opened(by: identity) == bundle else {
      throw Refusal(
        .refused, "`\(encrypted.path)` holds another secrets bundle", remedy: "find out which one the cluster runs with"
      )
    }
    return try clear(workspace, environment)
  }

  private func keep(
    _ bundle: Data, in encrypted: EncryptedBundle, _ recipients: [String], _ environment: LiveEnvironment
  ) async throws {
    guard encrypted.exists else {
      try await encrypted.seal(bundle, to: recipients)
      environment.console.narrate("wrote \(encrypted.path) for \(recipients.count) recipients; commit it")
      return
    }
    guard let identity else {
      throw Refusal(
        .refused, "`\(encrypted.path)` exists, and what it holds cannot be compared without an identity",
        remedy: "name one with --identity; `zerotouch secrets rekey` encrypts it to other recipients")
    }
    guard try await encrypted.opened(by: identity) == bundle else {
      throw Refusal(
        .refused, "`\(encrypted.path)` holds another secrets bundle",
        remedy: "find out which one the cluster runs with, and move the other one away; nothing was changed")
    }
    environment.console.narrate("`\(encrypted.path)` holds these secrets already")
  }

  private func clear(_ workspace: Workspace, _ environment: LiveEnvironment) throws -> ExitStatus {
    // The bundle goes last: as long as it is there, the next run finds something to do.
    for name in ["rendered", "talosconfig", "kubeconfig", "secrets.yaml"] {
      let path = workspace.path(name)
      guard FileManager.default.fileExists(atPath: path) else { continue }
      do { try FileManager.default.removeItem(atPath: path) } catch {
        throw Refusal(
          .runFailed, "`\(path)` lies there in the clear and cannot be removed: \(error.localizedDescription)",
          remedy: "remove it by hand, then run the same command again")
      }
    }
    environment.console.narrate("nothing is left in the clear in \(workspace.root)\nnext: zerotouch secrets import")
    return .done
  }
}
