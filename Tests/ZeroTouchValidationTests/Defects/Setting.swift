import Testing

/// Healthy files that a copy of this repository gets before a fault is put into it.
struct Setting: Sendable, CustomTestStringConvertible {
  let name: String
  let edits: [Edit]

  init(_ name: String, _ edits: Edit...) { self.init(name, edits: edits) }

  init(_ name: String, edits: [Edit]) {
    self.name = name
    self.edits = edits
  }

  /// This repository as it is.
  static let ours = Setting("ours")

  /// Every one of them; each has to be without findings.
  static let all: [Setting] = [.ours, .machines, .oneMachine, .encrypted, .tenant, .flux, .labelled]

  var testDescription: String { name }
}
