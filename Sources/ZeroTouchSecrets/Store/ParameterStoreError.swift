import ZeroTouchModel

/// Why the store did not do what it was asked; never with a value.
package struct ParameterStoreError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was asked, such as `PutParameter`.
  package let action: String
  /// The parameter it was about; nil where it was about many.
  package let name: String?
  package let code: String
  package let reason: String
  /// What was done before, such as `12 of 200 parameters were written`.
  package var progress: String?

  package init(action: String, name: String? = nil, code: String, reason: String, progress: String? = nil) {
    self.action = action
    self.name = name
    self.code = code
    self.reason = reason
    self.progress = progress
  }

  init(_ action: String, _ name: String?, _ answer: ParameterAnswer) {
    let reason = answer.message.isEmpty ? "HTTP status \(answer.status)" : answer.message
    self.init(
      action: action, name: name, code: answer.code,
      reason: answer.status == 0
        ? ["nothing answered", answer.silence].compactMap(\.self).joined(separator: ": ") : reason)
  }

  package var description: String {
    let about = name.map { "`\($0)`: " } ?? ""
    let kind = code.isEmpty ? "" : "\(code), "
    let done = progress.map { "; \($0)" } ?? ""
    return "\(about)Parameter Store refused \(action): \(kind)\(reason)\(done)"
  }

  /// What to do about it.
  package var remedy: String {
    switch code {
    case "ExpiredTokenException", "ExpiredToken", "RequestExpired":
      "the session is over: sign in again (`aws sso login`, or new AWS_ variables), and run this again: it goes on where it stopped"
    case "UnrecognizedClientException", "InvalidClientTokenId", "InvalidSignatureException", "SignatureDoesNotMatch",
      "IncompleteSignature", "MissingAuthenticationTokenException":
      "the credentials are not those of a user or role: `aws sts get-caller-identity` has to answer; check this machine's clock as well"
    case "AccessDeniedException", "AccessDenied":
      "allow ssm:\(action) for arn:aws:ssm:*:*:parameter/zerotouch/* (and the use of the KMS key), or use other credentials: what was given may only read"
    case "ThrottlingException", "Throttling":
      "others write to this account too: run this again later, it goes on where it stopped"
    case "ParameterLimitExceeded": "the account holds as many parameters as it may: remove some, or raise the quota"
    case "": "check the network, the proxy and the region, and run this again: it goes on where it stopped"
    default: "run this again: it goes on where it stopped"
    }
  }
}
