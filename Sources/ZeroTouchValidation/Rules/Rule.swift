package import ZeroTouchModel

/// One thing that validate knows how to find, with everything that is to be said about it.
package struct Rule: Sendable {
  /// Wrong and right in a few lines.
  package struct Example: Sendable, Hashable {
    package let wrong: String
    package let right: String

    package init(wrong: String, right: String) {
      self.wrong = wrong
      self.right = right
    }
  }

  /// Where a rule is broken and how; the rule's own words are added when it becomes a finding.
  package struct Violation: Sendable, Hashable {
    package let location: SourceLocation
    /// What is wrong: lower case, names in backticks, no full stop.
    package let what: String
    /// What to do about it here; nil for the rule's own remedy.
    package let remedy: String?
    /// How bad it is here; nil for what the rule says.
    package let severity: Diagnostic.Severity?

    package init(
      at location: SourceLocation, _ what: String, remedy: String? = nil, severity: Diagnostic.Severity? = nil
    ) {
      self.location = location
      self.what = what
      self.remedy = remedy
      self.severity = severity
    }
  }

  package typealias Check = @Sendable (Survey) -> [Violation]

  /// Such as `ZT304`; the first digit is the family's.
  package let id: String
  package let severity: Diagnostic.Severity
  package let title: String
  /// Why it matters: one or two sentences.
  package let why: String
  /// What to do about it, in general.
  package let remedy: String
  package let example: Example
  package let check: Check

  package init(
    _ id: String, _ severity: Diagnostic.Severity, _ title: String, why: String, remedy: String,
    example: Example, check: @escaping Check
  ) {
    self.id = id
    self.severity = severity
    self.title = title
    self.why = why
    self.remedy = remedy
    self.example = example
    self.check = check
  }
}
