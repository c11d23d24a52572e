package import ZeroTouchModel

/// One problem of a claim, with its place in the file and in the object.
package struct ClaimProblem: Sendable, Hashable {
  package let location: SourceLocation
  package let path: FieldPath
  /// The rule that is broken, in words, without the path.
  package let rule: String
  package let remedy: String
  /// Whether it could not be found out if the rule is broken.
  package let isUnknown: Bool

  /// The problem as it is told.
  package var diagnostic: Diagnostic {
    let subject = path.segments.isEmpty ? "the document" : "`\(path)`"
    return Diagnostic(isUnknown ? .warning : .error, at: location, "\(subject) \(rule)", remedy: remedy)
  }
}
