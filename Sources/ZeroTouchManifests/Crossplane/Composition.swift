package import ZeroTouchModel

/// How a composite resource becomes other objects: the pipeline of a `Composition`.
package struct Composition: Sendable, Hashable {
  struct Step: Sendable, Hashable {
    let name: String
    let functionName: String
    let function: CompositionFunction
  }

  package let name: String
  package let compositeVersion: String
  package let compositeKind: String
  let steps: [Step]

  package static let kind = "Composition"

  /// Reads a manifest; anything in it that cannot be evaluated is refused by name.
  package init(_ manifest: JSONValue) throws(CompositionFailure) {
    let input = FunctionInput(value: manifest, place: "")
    name = try input.demand("metadata").demand("name").text()
    let spec = try input.demand("spec")
    try spec.only("compositeTypeRef", "mode", "pipeline", "writeConnectionSecretsToNamespace")
    let type = try spec.demand("compositeTypeRef")
    compositeVersion = try type.demand("apiVersion").text()
    compositeKind = try type.demand("kind").text()
    guard spec.value["mode"] == "Pipeline" else { throw spec.failure("`mode` is not `Pipeline`") }
    var steps: [Step] = []
    for step in try spec.demand("pipeline").elements() {
      try step.only("step", "functionRef", "input")
      let name = try step.demand("step").text()
      guard !steps.contains(where: { $0.name == name }) else {
        throw step.failure("another step is named `\(name)` too")
      }
      let function = try step.demand("functionRef").demand("name").text()
      steps.append(
        Step(
          name: name, functionName: function, function: try CompositionFunction(name: function, input: step["input"])))
    }
    self.steps = steps
  }

  /// The functions that have to be installed.
  package var functions: [String] { steps.map(\.functionName) }

  /// Runs the pipeline.
  package func run(on state: CompositionState) throws(CompositionFailure) -> CompositionState {
    var state = state
    for step in steps {
      do { try step.function.run(on: &state) } catch {
        throw CompositionFailure("pipeline step \"\(step.name)\" of composition `\(name)`: \(error)")
      }
    }
    return state
  }
}
