/// The simulated account of AWS: whom it knows, and what it refuses. A store never finds out; an ExternalSecret does.
package struct ParameterStoreAccount: Sendable, Hashable {
  /// What the account refuses to everybody.
  package enum Fault: Sendable, Hashable {
    case accessDenied
    case throttled
  }

  /// What an access key's id, or the key itself, begins with where the account does not know it; nil where it knows all.
  package var unknown: String?
  package var fault: Fault?

  package init() {}

  /// What stands before a session token that has run out.
  private static let expired = "expired"

  /// What AWS answers to these credentials, in its own words; nil where it answers with the parameter.
  func refusal(of parameter: String, keyID: String, key: String, token: String?) -> String? {
    if let unknown, keyID.hasPrefix(unknown) {
      return "UnrecognizedClientException: The security token included in the request is invalid."
    }
    if let unknown, key.hasPrefix(unknown) {
      return "InvalidSignatureException: The request signature we calculated does not match the signature you provided."
    }
    if token?.hasPrefix(Self.expired) == true {
      return "ExpiredTokenException: The security token included in the request is expired"
    }
    switch fault {
    case .accessDenied:
      return "AccessDeniedException: User: arn:aws:iam::123456789012:user/zerotouch is not authorized to perform: "
        + "ssm:GetParameter on resource: arn:aws:ssm:eu-central-1:123456789012:parameter\(parameter)"
    case .throttled: return "ThrottlingException: Rate exceeded"
    case nil: return nil
    }
  }
}
