import ZeroTouchModel

/// A function of a pipeline that can be carried out here.
enum CompositionFunction: Sendable, Hashable {
  case patchAndTransform(PatchAndTransform)
  /// function-cel-filter: composed resources that are only wanted where an expression is true.
  case filters([Filter])
  /// function-auto-ready: what no other step judged is ready when its condition says so.
  case autoReady

  struct Filter: Sendable, Hashable {
    let name: String
    let expression: String
  }

  init(name: String, input: FunctionInput?) throws(CompositionFailure) {
    switch name {
    case "function-patch-and-transform":
      guard let input else { throw CompositionFailure("`\(name)` has no input") }
      self = .patchAndTransform(try PatchAndTransform(input))
    case "function-cel-filter":
      guard let input else { throw CompositionFailure("`\(name)` has no input") }
      self = .filters(try Self.filters(input))
    case "function-auto-ready":
      try input?.only("apiVersion", "kind", "metadata")
      self = .autoReady
    default: throw CompositionFailure("the function `\(name)` cannot be evaluated here")
    }
  }

  private static func filters(_ input: FunctionInput) throws(CompositionFailure) -> [Filter] {
    try input.only("apiVersion", "kind", "metadata", "filters")
    guard input.value["apiVersion"] == "cel.fn.crossplane.io/v1beta1", input.value["kind"] == "Filters" else {
      throw input.failure("the input is no `Filters` of `cel.fn.crossplane.io/v1beta1`")
    }
    var filters: [Filter] = []
    for filter in try input.demand("filters").elements() {
      try filter.only("name", "expression")
      filters.append(
        Filter(name: try filter.demand("name").text(), expression: try filter.demand("expression").text()))
    }
    return filters
  }

  /// Carries the step out.
  func run(on state: inout CompositionState) throws(CompositionFailure) {
    switch self {
    case .patchAndTransform(let function): try function.run(on: &state)
    case .filters(let filters): for filter in filters { try filter.run(on: &state) }
    case .autoReady:
      let condition = ReadinessCheck.condition("Ready", status: "True")
      for (index, resource) in state.desired.enumerated() where resource.isReady == nil {
        if let observed = state.observed[resource.name], condition.holds(for: observed) {
          state.desired[index].isReady = true
        }
      }
    }
  }
}

extension CompositionFunction.Filter {
  fileprivate func run(on state: inout CompositionState) throws(CompositionFailure) {
    do {
      let pattern = try SearchPattern("^\(name)$")
      let variables: [String: JSONValue] = [
        "observed": Self.state(state.composite, state.observed.map { ($0.key, $0.value) }),
        "desired": Self.state(state.desiredComposite, state.desired.map { ($0.name, $0.object) }),
        "context": ["apiextensions.crossplane.io/environment": state.environment],
      ]
      let isWanted = try CELEvaluator(variables).decide(CELExpression(parsing: expression))
      if !isWanted { state.desired.removeAll { pattern.matches($0.name) } }
    } catch {
      throw CompositionFailure("cannot evaluate CEL expression `\(expression)` for filter `\(name)`: \(error)")
    }
  }

  private static func state(_ composite: JSONValue, _ resources: [(String, JSONValue)]) -> JSONValue {
    [
      "composite": ["resource": composite],
      "resources": .object(Dictionary(uniqueKeysWithValues: resources.map { ($0.0, ["resource": $0.1]) })),
    ]
  }
}
