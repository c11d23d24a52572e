package import ZeroTouchModel

/// Who asks AWS: a key with its secret, and a token where the credentials are temporary.
package struct AWSCredentials: Sendable, Hashable {
  package let keyID: String
  package let key: Secret
  package let token: Secret?

  package init(keyID: String, key: Secret, token: Secret? = nil) {
    self.keyID = keyID
    self.key = key
    self.token = token
  }

  /// The one in a process's variables; nil where they hold none. An empty token is none.
  package init?(variables: [String: String]) {
    guard let id = variables["AWS_ACCESS_KEY_ID"], let key = variables["AWS_SECRET_ACCESS_KEY"], !id.isEmpty,
      !key.isEmpty
    else { return nil }
    self.init(keyID: id, key: Secret(key), token: Self.token(variables["AWS_SESSION_TOKEN"]))
  }

  /// The one that `aws configure export-credentials` prints; nil where it printed something else.
  package init?(exported text: String) {
    guard let answer = try? JSONValue(parsing: text), let id = answer["AccessKeyId"]?.stringValue,
      let key = answer["SecretAccessKey"]?.stringValue
    else { return nil }
    self.init(keyID: id, key: Secret(key), token: Self.token(answer["SessionToken"]?.stringValue))
  }

  /// What no text may hold.
  package var secrets: [Secret] { [Secret(keyID), key] + (token.map { [$0] } ?? []) }

  private static func token(_ text: String?) -> Secret? { text.flatMap { $0.isEmpty ? nil : Secret($0) } }
}
