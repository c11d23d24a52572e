package import ZeroTouchModel

/// Which steps of a plan are meant, by id or by stage; none named means all.
package struct StepSelection: Sendable, Hashable {
  /// This step and everything that builds on it.
  package var from: String?
  /// This step and everything that it builds on.
  package var until: String?
  /// These steps alone.
  package var only: [String]

  package init(from: String? = nil, until: String? = nil, only: [String] = []) {
    (self.from, self.until, self.only) = (from, until, only)
  }
}

extension BootstrapPlan {
  /// The steps that are meant; what a step needs and is not meant counts as done, and its own probe looks all the same.
  package func selecting(_ selection: StepSelection) throws(InvalidInput) -> BootstrapPlan {
    var kept = Set(steps.map(\.id))
    if let from = selection.from { kept.formIntersection(try closure(of: from, dependents)) }
    if let until = selection.until { kept.formIntersection(try closure(of: until, needs)) }
    if !selection.only.isEmpty {
      var named: Set<StepID> = []
      for name in selection.only { named.formUnion(try ids(named: name)) }
      kept.formIntersection(named)
    }
    return removing { !kept.contains($0.id) }
  }

  private var needs: [StepID: [StepID]] {
    Dictionary(steps.map { ($0.id, $0.needs) }, uniquingKeysWith: { first, _ in first })
  }

  private var dependents: [StepID: [StepID]] {
    var dependents: [StepID: [StepID]] = [:]
    for step in steps { for need in step.needs { dependents[need, default: []].append(step.id) } }
    return dependents
  }

  private func ids(named name: String) throws(InvalidInput) -> [StepID] {
    let found = steps.map(\.id).filter { $0.description == name || $0.stage == name }
    guard found.isEmpty else { return found }
    throw InvalidInput([
      Diagnostic(
        "no step is named `\(name)`", remedy: "name one of \(steps.map(\.id.description).joined(separator: ", "))")
    ])
  }

  private func closure(of name: String, _ edges: [StepID: [StepID]]) throws(InvalidInput) -> Set<StepID> {
    var open = try ids(named: name)
    var reached: Set<StepID> = []
    while let id = open.popLast() {
      if reached.insert(id).inserted { open += edges[id] ?? [] }
    }
    return reached
  }
}
