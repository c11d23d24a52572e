/// Why a provider gave nothing, in its own words, and what to do about it.
package struct ProviderReason: Sendable, Hashable {
  /// The provider's name for it, such as `ParameterNotFound`; nil where it is none of those that are known.
  package let code: String?
  package let message: String
  package let remedy: String
  /// Whether waiting can help.
  package let passes: Bool

  /// Reads the message of an event or a condition.
  package init(_ message: String) {
    let known = Self.known.first { message.contains($0.words) }
    code = known?.code
    self.message = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    remedy = known?.remedy ?? "look at its events: kubectl describe"
    passes = known?.passes ?? true
  }

  private typealias Known = (words: String, code: String, remedy: String, passes: Bool)

  private static let known: [Known] = [
    (
      "ParameterNotFound", "ParameterNotFound", "write it: zerotouch secrets push; or correct `remoteRef.key`", false
    ),
    (
      "ExpiredToken", "ExpiredToken",
      "the temporary credentials have run out: sign in again, then zerotouch secrets rotate aws", false
    ),
    (
      "UnrecognizedClient", "UnrecognizedClient",
      "AWS does not know these keys: correct them, then zerotouch secrets rotate aws", false
    ),
    (
      "InvalidSignature", "InvalidSignature",
      "the secret key does not belong to its id: correct it, then zerotouch secrets rotate aws", false
    ),
    (
      "AccessDenied", "AccessDenied", "allow `ssm:GetParameter*` on it, and `kms:Decrypt` on its key", false
    ),
    ("Throttling", "Throttling", "nothing: it is tried again; a longer `refreshInterval` asks less often", true),
    ("denied by spec.condition", "NotAllowed", "add the namespace to the `conditions` of the store", false),
    ("does not exist in secret", "NoSuchProperty", "correct `remoteRef.property`, or the parameter's JSON", false),
    ("is owned by another", "OwnedByAnother", "let one ExternalSecret make the Secret", false),
    (
      "unable to create client", "NoCredentials", "give the store its credentials: zerotouch inject-secrets", true
    ),
    ("is not ready", "StoreNotReady", "see what the store says first", true),
    ("not found", "NotFound", "correct the name in `secretStoreRef`, or add what is missing", true),
  ]
}
