package import ZeroTouchModel
import ZeroTouchTools

/// Why a reference gives no value, and what to do; the value itself never stands in it.
package struct SecretError: Error, Sendable, Hashable, CustomStringConvertible {
  package let reference: SecretReference
  package let reason: String
  package let remedy: String

  package init(_ reference: SecretReference, _ reason: String, remedy: String = Self.usualRemedy) {
    self.reference = reference
    self.reason = reason
    self.remedy = remedy
  }

  package var description: String { "`\(reference)` gives no secret: \(reason)\n  \(remedy)" }

  package static let usualRemedy = "set it, or change the reference in zerotouch.yaml"

  /// The same with every secret taken out of its words.
  package func redacted(by redactor: Redactor) -> SecretError {
    SecretError(reference, redactor.redact(reason), remedy: redactor.redact(remedy))
  }
}

extension SecretError {
  package static func notSet(_ reference: SecretReference) -> SecretError {
    guard case .environment(let name) = reference else { return SecretError(reference, "it is not set") }
    let profile = "eval \"$(aws configure export-credentials --format env)\""
    return SecretError(
      reference, "the variable is not set",
      remedy: "type `export \(name)=…`" + (name.hasPrefix("AWS_") ? ", or, with an AWS profile, `\(profile)`" : "")
        + "; or name another reference in zerotouch.yaml")
  }

  package static func empty(_ reference: SecretReference) -> SecretError { SecretError(reference, "it is empty") }

  static func unreadable(_ reference: SecretReference, _ reason: String) -> SecretError {
    SecretError(reference, reason, remedy: "check the path, and the file's owner and mode")
  }

  /// What is read is a reference again: nobody follows it, so that none can lead back to itself.
  static func leadsOn(_ reference: SecretReference, to next: SecretReference) -> SecretError {
    SecretError(
      reference,
      next == reference
        ? "it holds the reference `\(next)`, which leads back to itself"
        : "it holds another reference, `\(next)`, and no secret",
      remedy: "name the place of the secret itself in zerotouch.yaml; references are not followed from one to the next")
  }

  /// Reading this reference needs itself.
  static func loop(_ chain: [SecretReference]) -> SecretError {
    SecretError(
      chain[0], "reading it needs itself: \(chain.map { "`\($0)`" }.joined(separator: " needs "))",
      remedy: "give `secrets.aws` another kind of reference, such as `env:AWS_ACCESS_KEY_ID`")
  }

  static func tooLarge(_ reference: SecretReference, bytes: Int) -> SecretError {
    SecretError(
      reference, "it has \(bytes) bytes, and a Secret holds 1 MiB at most", remedy: "name the file that is meant")
  }

  static func failed(_ reference: SecretReference, _ tool: KnownTool, _ error: ToolError) -> SecretError {
    switch error {
    case .notFound:
      SecretError(reference, "`\(tool)`, which reads it, was not found on PATH", remedy: tool.remedy)
    case .exited(_, let output):
      SecretError(
        reference, "`\(tool)` says: \(ToolComplaint.reason(in: output.errorText, tool: tool))",
        remedy: ToolComplaint.remedy(for: output.errorText, tool: tool))
    case .notExecutable, .notStarted, .timedOut, .tooMuchOutput, .cancelled:
      SecretError(reference, error.description.split(separator: "\n")[0].description, remedy: tool.remedy)
    }
  }
}
