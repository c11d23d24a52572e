package import ZeroTouchModel
import ZeroTouchReadiness
import ZeroTouchTools

extension BootstrapPlan {
  /// The plan for a person: every step in order, what it needs, and every command line, file and gate.
  package var text: String {
    inOrder.map { step in
      let needs = step.needs.isEmpty ? "" : "  (needs \(step.needs.map(\.description).joined(separator: ", ")))"
      let head = "\(step.id): \(step.title)\(needs)"
      return ([head] + step.lines.map { "  \($0)" }).joined(separator: "\n")
    }.joined(separator: "\n\n") + "\n"
  }

  /// The plan as JSON, with stable keys and order.
  package var json: JSONValue {
    ["cluster": .string(cluster), "steps": .array(inOrder.map(\.json))]
  }
}

extension Step {
  /// What the step asks and does, a line each; `?` marks what is asked before anything is done.
  package var lines: [String] {
    probe.questions.compactMap(\.text).map { "? \($0)" } + action.operations.map { "\($0.mutates ? "!" : "-") \($0)" }
  }

  package var json: JSONValue {
    var value: JSONValue = [
      "id": .string(id.description), "stage": .string(stage), "title": .string(title),
      "needs": .array(needs.map { .string($0.description) }),
      "probe": .array(probe.questions.compactMap(\.text).map(JSONValue.string)),
      "operations": .array(action.operations.map(\.json)),
      "expectedSeconds": .double(expected.typical.inSeconds),
      "pessimisticSeconds": .double(expected.pessimistic.inSeconds),
    ]
    value["node"] = node.map { .string($0) }
    return value
  }
}

extension Question {
  /// The question as it is asked; nil for what is not asked of the world.
  package var text: String? {
    switch self {
    case .run(let invocation): "\(invocation)"
    case .injected(_, let compare): "\(compare)"
    case .file(let path): "read \(path.shellQuoted)"
    case .gate(let gate): "gate \(gate)"
    case .reference(let reference): "resolve \(reference)"
    case .step: nil
    }
  }
}

extension Operation {
  package var json: JSONValue {
    var value: JSONValue = ["text": .string(description), "mutates": .bool(mutates)]
    if !writtenPaths.isEmpty { value["writes"] = .array(writtenPaths.map(JSONValue.string)) }
    switch self {
    case .run(let invocation, _, _, _), .inject(_, let invocation):
      value["kind"] = "run"
      value["tool"] = .string(invocation.tool)
      value["arguments"] = .array(invocation.arguments.map(JSONValue.string))
      value["stdin"] = invocation.input.planned
    case .wait(let gate):
      value["kind"] = "wait"
      value["gate"] = .string("\(gate)")
      value["boundSeconds"] = .double(gate.bound.inSeconds)
    case .compose, .write, .reveal: value["kind"] = "write"
    }
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
