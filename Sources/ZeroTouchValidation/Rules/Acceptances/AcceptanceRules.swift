import ZeroTouchModel

extension RuleFamily {
  /// What is said about acceptances themselves. These are judged by the run, which alone knows what was accepted.
  static let acceptances = RuleFamily(
    "ZT0", "Acceptances", [.acceptanceWithoutReason, .acceptanceWithoutFinding])
}

extension Rule {
  static let acceptanceWithoutReason = Rule(
    "ZT001", .error, "an acceptance without a reason",
    why: "whoever reads the comment in a year cannot tell whether it still holds",
    remedy: "write the reason behind the rule's name",
    example: Example(
      wrong: "# zerotouch:accept ZT318\ntargetRevision: \"*\"",
      right: "# zerotouch:accept ZT318 a demo that is thrown away every night\ntargetRevision: \"*\""),
    check: { survey in
      survey.tree.files.flatMap(\.acceptances).filter { $0.reason.isEmpty }.map {
        Violation(at: $0.location, "\($0.named) is accepted without a reason")
      }
    })

  static let acceptanceWithoutFinding = Rule(
    "ZT002", .warning, "an acceptance of nothing",
    why: "what it accepted is gone, or was never found there, and the next real finding on that line would be hidden",
    remedy: "take the comment away, or correct the rule's name",
    example: Example(
      wrong: "# zerotouch:accept ZT399 no such rule\nkind: Application", right: "kind: Application"),
    check: { _ in [] })
}

extension Acceptance {
  /// The rules it accepts, for people.
  var named: String { rules.isEmpty ? "nothing" : rules.map { "`\($0)`" }.joined(separator: ", ") }
}
