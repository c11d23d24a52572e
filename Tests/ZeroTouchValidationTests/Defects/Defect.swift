import Testing

/// One fault put into a copy of this repository, and the one finding that validate has to make of it.
struct Defect: Sendable, CustomTestStringConvertible {
  /// The name of the rule that has to find it.
  let rule: String
  /// What healthy files the copy gets first: some rules read what this repository does not have.
  let setting: Setting
  let edits: [Edit]
  /// The file with the fault.
  let path: String
  /// A text that stands once in that file after the edits; its last line is where the fault is found.
  let marker: String
  /// What else is found, and cannot but be.
  let beside: [Beside]

  /// - Parameter path: The file with the fault; the one of the first edit where none is named.
  init(
    _ rule: String, _ edits: Edit..., at marker: String, in path: String? = nil, on setting: Setting = .ours,
    beside: [Beside] = []
  ) {
    self.rule = rule
    self.setting = setting
    self.edits = edits
    self.path = path ?? edits.first?.path ?? ""
    self.marker = marker
    self.beside = beside
  }

  var testDescription: String { "\(rule): \(edits.map(\.testDescription).joined(separator: ", "))" }
}

extension Defect {
  /// A warning that comes with a fault because the same edit is wrong in a second way.
  struct Beside: Sendable {
    let finding: String
    let reason: String

    init(_ finding: String, because reason: String) {
      self.finding = finding
      self.reason = reason
    }
  }

  /// Every fault that is tried; a new rule enters its own here.
  static let all: [Defect] = [
    repository, machines, besideMachines, network, order, applications, health, clearText, encrypted, secretChain,
    crossplane, supplyChain, flux, dataProtection, goingOn,
  ].flatMap(\.self)
}
