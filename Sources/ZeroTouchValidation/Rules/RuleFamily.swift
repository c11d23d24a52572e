/// The rules of one subject; their names begin with the family's.
package struct RuleFamily: Sendable {
  /// Such as `ZT3`.
  package let id: String
  package let title: String
  package let rules: [Rule]

  package init(_ id: String, _ title: String, _ rules: [Rule]) {
    self.id = id
    self.title = title
    self.rules = rules
  }
}

extension RuleFamily {
  /// Every family there is; a new one is entered here, and nowhere else.
  package static let all: [RuleFamily] = [
    .acceptances, .repository, .talosAndNetwork, .argoCD, .secrets, .crossplane, .supplyChain, .flux, .dataProtection,
  ]
}

extension Rule {
  /// Every rule there is, in the order of the names.
  package static let all: [Rule] = RuleFamily.all.flatMap(\.rules).sorted { $0.id < $1.id }

  /// The rule of a name, however it is capitalised.
  package static func named(_ id: String) -> Rule? { all.first { $0.id == id.uppercased() } }
}
