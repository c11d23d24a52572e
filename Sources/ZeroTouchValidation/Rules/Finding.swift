package import ZeroTouchModel

/// A place in the repository where a rule is broken.
package struct Finding: Sendable, Hashable, Comparable {
  package let rule: String
  package let severity: Diagnostic.Severity
  package internal(set) var location: SourceLocation
  package let what: String
  /// Why it matters, in the rule's words.
  package let why: String
  package let remedy: String
  /// Why somebody accepted it in place; nil where nobody did.
  package var acceptedBecause: String?

  init(_ rule: Rule, _ violation: Rule.Violation, severity: Diagnostic.Severity? = nil) {
    self.rule = rule.id
    self.severity = severity ?? rule.severity
    location = violation.location
    what = violation.what
    why = rule.why
    remedy = violation.remedy ?? rule.remedy
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.location, left.rule, left.what) < (right.location, right.rule, right.what)
  }
}
