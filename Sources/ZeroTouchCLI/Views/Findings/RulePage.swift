import ZeroTouchModel
import ZeroTouchValidation

/// What is said about a rule: on the terminal and in docs/rules.
struct RulePage: Sendable {
  let rule: Rule

  init(_ rule: Rule) { self.rule = rule }

  /// Every rule in a line.
  static var list: String {
    Table(header: ["RULE", "SEVERITY", "WHAT"], rows: Rule.all.map { [$0.id, $0.severity.rawValue, $0.title] }).text
  }

  var text: String {
    """
    \(rule.id) (\(rule.severity.rawValue)): \(rule.title)

    why: \(rule.why)
    fix: \(rule.remedy)

    wrong:
    \(indented(rule.example.wrong))

    right:
    \(indented(rule.example.right))

    accept it in place, on the line or the one above: # zerotouch:accept \(rule.id) the reason
    """
  }

  /// The page in docs/rules, made by `scripts/record-rules`.
  var markdown: String {
    """
    # \(rule.id): \(rule.title)

    Severity: \(rule.severity.rawValue). Made by `zerotouch explain \(rule.id) -o markdown`.

    **Why it matters.** \(sentence(rule.why))

    **What to do.** \(sentence(rule.remedy))

    Wrong:

    ```yaml
    \(rule.example.wrong)
    ```

    Right:

    ```yaml
    \(rule.example.right)
    ```

    To accept it in place: `# zerotouch:accept \(rule.id) the reason`, on the line or the one above.
    """
  }

  /// The table of docs/rules/README.md.
  static var index: String {
    let families = RuleFamily.all.map { family in
      let rows = family.rules.sorted { $0.id < $1.id }.map {
        "| [\($0.id)](\($0.id).md) | \($0.severity.rawValue) | \($0.title) |"
      }
      return "## \(family.id) \(family.title)\n\n| rule | severity | what |\n|---|---|---|\n"
        + rows.joined(separator: "\n")
    }
    return "# Rules of `zerotouch validate`\n\nMade by `zerotouch explain -o markdown`.\n\n"
      + families.joined(separator: "\n\n")
  }

  private func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }.joined(separator: "\n")
  }
}
