import ZeroTouchModel

/// What is said about a rule: on the terminal and in docs/rules.
package struct RulePage: Sendable {
  package let rule: Rule

  package init(_ rule: Rule) { self.rule = rule }

  package var text: String {
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

  /// The page in docs/rules, made by `zerotouch explain --write docs/rules`.
  package var markdown: String {
    """
    # \(rule.id): \(rule.title)

    Severity: \(rule.severity.rawValue). Made by `zerotouch explain --write docs/rules`.

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
  package static var index: String {
    let families = RuleFamily.all.map { family in
      let rows = family.rules.sorted { $0.id < $1.id }.map {
        "| [\($0.id)](\($0.id).md) | \($0.severity.rawValue) | \($0.title) |"
      }
      return "## \(family.id) \(family.title)\n\n| rule | severity | what |\n|---|---|---|\n"
        + rows.joined(separator: "\n")
    }
    return
      "# Rules of `zerotouch validate`\n\nMade by `zerotouch explain --write docs/rules`; [validate](../validate.md) says how they are asked.\n\n"
      + families.joined(separator: "\n\n")
  }

  private func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }.joined(separator: "\n")
  }

  /// Every page of docs/rules by its file's name.
  package static var all: [String: String] {
    var pages = ["README.md": index + "\n"]
    for rule in Rule.all { pages["\(rule.id).md"] = RulePage(rule).markdown + "\n" }
    return pages
  }
}
