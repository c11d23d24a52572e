import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

/// The Talos secrets as they lie in Git: encrypted by age, to everybody who may open them.
struct EncryptedBundle: Sendable {
  let path: String
  let environment: LiveEnvironment

  var exists: Bool { FileManager.default.fileExists(atPath: path) }

  /// What is in it, once it is sure that it is a bundle; from now on nothing that is said holds any of it.
  func opened(by identity: String) async throws -> Data {
    guard let encrypted = FileManager.default.contents(atPath: path) else {
      throw Refusal(
        .inputWrong, "`\(path)` does not exist",
        remedy: "get it from Git; it is written where `spec.secrets.recipients` names somebody")
    }
    let bundle = try await decrypted(encrypted, checked(identity))
    try conceal(bundle, of: path)
    return bundle
  }

  /// Makes sure that nothing which is said from now on holds a part of a bundle, and that it is one.
  func conceal(_ bundle: Data, of file: String) throws {
    do {
      let secrets = try TalosSecrets(text: String(decoding: bundle, as: UTF8.self), file: file)
      environment.concealment.learn(secrets.values)
    } catch {
      throw Refusal(
        .inputWrong, "what `\(file)` holds is no secrets bundle: \(error.diagnostics[0].message)",
        remedy: "restore the file from your backup; bootstrap/secrets.age has its history in Git")
    }
  }

  /// Encrypts a bundle to recipients and puts it in the place of what was there; nothing of it touches a disk before.
  func seal(_ bundle: Data, to recipients: [String]) async throws {
    let answer = try await environment.tools().run(Age.encrypt(Secret(bundle), recipients: recipients))
    guard answer.status == 0 else {
      throw Refusal(
        .inputWrong, "age does not encrypt to the recipients of zerotouch.yaml: \(answer.complaint)",
        remedy: "correct `spec.secrets.recipients`; nothing was written")
    }
    try Workspace(root: (path as NSString).deletingLastPathComponent).write(answer.standardOutput, to: path)
  }

  /// Whether an identity opens what is there now.
  func opens(for identity: String) async throws -> Bool {
    guard let encrypted = FileManager.default.contents(atPath: path) else { return false }
    return try await environment.tools().run(Age.decrypt(encrypted, identity: try checked(identity))).status == 0
  }

  private func checked(_ identity: String) throws -> String {
    let key = environment.absolute(identity)
    guard FileManager.default.fileExists(atPath: key) else {
      throw Refusal(.inputWrong, "the identity `\(key)` does not exist", remedy: "name the file that age-keygen wrote")
    }
    return key
  }

  private func decrypted(_ encrypted: Data, _ key: String) async throws -> Data {
    let answer = try await environment.tools().run(Age.decrypt(encrypted, identity: key))
    guard answer.status == 0 else {
      throw Refusal(
        .inputWrong, "`\(path)` cannot be decrypted with `\(key)`: \(answer.complaint)",
        remedy: "use the identity of one of the recipients in zerotouch.yaml; nothing was written")
    }
    return answer.standardOutput
  }
}

extension ClusterSpec {
  /// Who may open what is encrypted; nobody is an error of the spec.
  func demandedRecipients() throws -> [String] {
    guard secrets.recipients.isEmpty else { return secrets.recipients }
    throw Refusal(
      .inputWrong, "the spec names nobody who may open the secrets",
      remedy: "add `recipients` to `spec.secrets` in zerotouch.yaml: the public halves that age-keygen prints")
  }
}
