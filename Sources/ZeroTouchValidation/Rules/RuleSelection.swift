/// Which rules count, by the beginnings of their names.
package struct RuleSelection: Sendable, Hashable {
  /// Empty for all.
  package let selected: [String]
  package let ignored: [String]

  package init(selected: [String] = [], ignored: [String] = []) {
    self.selected = selected.map { $0.uppercased() }
    self.ignored = ignored.map { $0.uppercased() }
  }

  /// Whether a rule counts; the longer beginning wins, and of equal ones the one that ignores.
  package func contains(_ rule: String) -> Bool {
    let chosen = selected.filter(rule.hasPrefix).map(\.count).max()
    let dropped = ignored.filter(rule.hasPrefix).map(\.count).max()
    guard selected.isEmpty || chosen != nil else { return false }
    return dropped.map { $0 < chosen ?? 0 } ?? true
  }

  /// What was named and is the beginning of no rule's name.
  package var strangers: [String] {
    (selected + ignored).filter { name in !Rule.all.contains { $0.id.hasPrefix(name) } }
  }
}
