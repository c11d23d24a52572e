/// One value that breaks a rule of its schema.
package struct SchemaProblem: Sendable, Hashable {
  package let path: FieldPath
  /// The rule, in words, as it follows the path in a sentence: `must be a string, not a number`.
  package let rule: String
  /// What to do about it.
  package let remedy: String
  /// A rule that cannot be evaluated here; nothing is known about the value.
  package let isUnknown: Bool

  package init(_ path: FieldPath, _ rule: String, remedy: String, isUnknown: Bool = false) {
    self.path = path
    self.rule = rule
    self.remedy = remedy
    self.isUnknown = isUnknown
  }
}
