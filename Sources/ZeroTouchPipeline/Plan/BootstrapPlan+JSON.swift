package import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchTools

extension BootstrapPlan {
  /// The plan as JSON, with stable keys and order.
  package var json: JSONValue {
    ["cluster": .string(cluster), "steps": .array(inOrder.map(\.json))]
  }
}

extension Step {
  /// The step as JSON: what it asks, and every operation with its words one by one.
  package var json: JSONValue {
    var value: JSONValue = [
      "id": .string(id.description), "stage": .string(stage), "title": .string(title),
      "needs": .array(needs.map { .string($0.description) }),
      "probe": .array(probe.questions.map { .string($0.description) }),
      "operations": .array(action.operations.map(\.json)),
      "expectedSeconds": .double(expected.typical.inSeconds),
      "pessimisticSeconds": .double(expected.pessimistic.inSeconds),
    ]
    value["node"] = node.map { .string($0) }
    return value
  }
}

extension Operation {
  /// The operation as JSON, with stable keys.
  package var json: JSONValue {
    var value: JSONValue = ["text": .string(description), "mutates": .bool(mutates)]
    if !writtenPaths.isEmpty { value["writes"] = .array(writtenPaths.map(JSONValue.string)) }
    switch self {
    case .run(let invocation, _, _, _), .change(let invocation, _, _): invocation.plan(into: &value)
    case .derive(let derivation): derivation.question.plan(into: &value)
    case .inject(_, let target): target.apply.plan(into: &value)
    case .wait(let gate):
      value["kind"] = "wait"
      value["gate"] = .string("\(gate)")
      value["boundSeconds"] = .double(gate.bound.inSeconds)
    case .compose, .write, .reveal: value["kind"] = "write"
    }
    if case .change(_, let look, _) = self { value["unless"] = .string("\(look)") }
    if case .inject = self { value["stdin"] = .string(Redactor.mark) }
    return value
  }
}

extension ToolInvocation.Input {
  /// What a plan says of standard input; a script is part of what would happen, a secret is not to be seen.
  fileprivate var planned: JSONValue? {
    switch self {
    case .none: nil
    case .text(let text): .string(text)
    case .secret: .string(Redactor.mark)
    case .file(let path): .string(path)
    }
  }
}

extension ToolInvocation {
  fileprivate func plan(into value: inout JSONValue) {
    value["kind"] = "run"
    value["tool"] = .string(tool)
    value["arguments"] = .array(arguments.map(JSONValue.string))
    value["stdin"] = input.planned
  }
}
