import Foundation
package import ZeroTouchManifests
import ZeroTouchModel

extension SecretInjection {
  /// What the Secret's `data` has to hold; its references are resolved side by side.
  package func resolved(by resolver: SecretResolver) async throws(SecretError) -> ResolvedInjection {
    let wanted = values.sorted { $0.key < $1.key }
    let secrets = try await wanted.mapSideBySide { (_, value) async throws(SecretError) -> Secret in
      switch value {
      case .plain(let text): Secret(text)
      case .reference(let reference): try await resolver.resolve(reference)
      case .dockerConfiguration(let server, let username, let token):
        try Self.dockerConfiguration(server, username, try await resolver.resolve(token), token)
      }
    }
    let data = Dictionary(uniqueKeysWithValues: zip(wanted.map(\.key), secrets))
    resolver.tell(self, data)
    return ResolvedInjection(injection: self, data: data)
  }

  private static func dockerConfiguration(
    _ server: String, _ username: String, _ token: Secret, _ reference: SecretReference
  ) throws(SecretError) -> Secret {
    guard let password = String(data: token.exposed, encoding: .utf8), !password.contains(where: \.isNewline) else {
      throw SecretError(
        reference, "it is no single line of text, so it is no token of a registry",
        remedy: "name the token alone: no key and no file of credentials")
    }
    let login = Data("\(username):\(password)".utf8).base64EncodedString()
    let account: JSONValue = [
      "username": .string(username), "password": .string(password), "auth": .string(login),
    ]
    return Secret(JSONValue.object(["auths": .object([server: account])]).text())
  }
}
