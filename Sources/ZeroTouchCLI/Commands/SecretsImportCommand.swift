import ArgumentParser
import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

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
    let (spec, layout) = try cluster.resolve(in: environment)
    let source = layout.encryptedSecrets
    let bundle = try await decrypted(source, environment)
    do { _ = try TalosSecrets(text: String(decoding: bundle, as: UTF8.self), file: source) } catch {
      throw Refusal(
        .inputWrong, "what `\(source)` holds is no secrets bundle: \(error.diagnostics[0].message)",
        remedy: "restore the file from Git: git log -- bootstrap/secrets.age")
    }
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

  private func decrypted(_ source: String, _ environment: LiveEnvironment) async throws -> Data {
    guard FileManager.default.fileExists(atPath: source) else {
      throw Refusal(
        .inputWrong, "`\(source)` does not exist",
        remedy: "get it from Git; it is written where `spec.secrets.recipients` names somebody")
    }
    let key = environment.absolute(identity)
    guard FileManager.default.fileExists(atPath: key) else {
      throw Refusal(.inputWrong, "the identity `\(key)` does not exist", remedy: "name the file that age-keygen wrote")
    }
    let answer = try await environment.tools().run(Age.decrypt(source, identity: key))
    guard answer.status == 0 else {
      throw Refusal(
        .inputWrong, "`\(source)` cannot be decrypted with `\(key)`: \(answer.complaint)",
        remedy: "use the identity of one of the recipients in zerotouch.yaml; nothing was written")
    }
    return answer.standardOutput
  }
}
