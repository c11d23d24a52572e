import ZeroTouchManifests
import ZeroTouchModel

extension StructuralSchema {
  /// The problems that keep the rules in CEL from being looked at.
  private static let blocking: Set<String> = [
    "FieldValueRequired", "FieldValueTooLong", "FieldValueTooMany", "FieldValueTypeInvalid", "FieldValueNotFound",
  ]

  /// Everything that breaks the schema, its rules in CEL included; `old` is the object as it was.
  func allProblems(of value: JSONValue, old: JSONValue?) -> [APIFailure.Cause] {
    let causes = problems(of: value, at: "")
    guard causes.contains(where: { Self.blocking.contains($0.reason) }) else {
      return causes + ruleCauses(value, old, at: "")
    }
    guard schema.holdsRules else { return causes }
    let message =
      "some validation rules were not checked because the object was invalid; correct the existing errors to complete "
      + "validation"
    return causes + [.init(field: "<nil>", message: "Invalid value: \"null\": \(message)", reason: "FieldValueInvalid")]
  }

  private func ruleCauses(_ value: JSONValue, _ old: JSONValue?, at path: String) -> [APIFailure.Cause] {
    // What an update leaves as it was is not judged again.
    if value.isNull || value == old { return [] }
    let own = (schema["x-kubernetes-validations"]?.arrayValue ?? []).compactMap { cause(of: $0, value, old, path) }
    switch value {
    case .object(let members):
      return own
        + members.sorted { $0.key < $1.key }.flatMap { name, member -> [APIFailure.Cause] in
          guard let inner = schema[path: "properties", name] ?? schema["additionalProperties"],
            inner.objectValue != nil
          else { return [] }
          return Self(inner).ruleCauses(member, old?[name], at: Self.join(path, name))
        }
    case .array(let elements):
      guard let items = schema["items"] else { return own }
      return own
        + elements.enumerated().flatMap { Self(items).ruleCauses($0.element, nil, at: "\(path)[\($0.offset)]") }
    default: return own
    }
  }

  /// What a value breaks of one rule; a rule that cannot be evaluated here is not held against it.
  private func cause(of rule: JSONValue, _ value: JSONValue, _ old: JSONValue?, _ path: String) -> APIFailure.Cause? {
    guard let text = rule["rule"]?.stringValue, let expression = try? CELExpression(parsing: text) else { return nil }
    var variables = ["self": value]
    if expression.mentions("oldSelf") {
      // A rule about a change has nothing to say about what is new.
      guard let old else { return nil }
      variables["oldSelf"] = old
    }
    let evaluator = CELEvaluator(variables)
    let message = Self.message(of: rule, text, evaluator)
    do throws(CELError) {
      if try evaluator.decide(expression) { return nil }
      return refusal(rule, message, path, value)
    } catch {
      guard case .failed(let reason) = error else { return nil }
      return refusal(rule, "\(reason) evaluating rule: \(message)", path, value)
    }
  }

  private static func message(of rule: JSONValue, _ text: String, _ evaluator: CELEvaluator) -> String {
    if let expression = rule["messageExpression"]?.stringValue.flatMap({ try? CELExpression(parsing: $0) }),
      case .string(let message)? = try? evaluator.evaluate(expression)
    {
      return message
    }
    return rule["message"]?.stringValue?.trimmingSpaces ?? "failed rule: \(text.trimmingSpaces)"
  }

  private func refusal(
    _ rule: JSONValue, _ message: String, _ path: String, _ value: JSONValue
  ) -> APIFailure.Cause {
    let blamed = rule["fieldPath"]?.stringValue ?? ""
    let field = path.isEmpty ? String(blamed.drop { $0 == "." }) : path + blamed
    let place = field.isEmpty ? "<nil>" : field
    switch rule["reason"]?.stringValue {
    case "FieldValueForbidden"?:
      return .init(field: place, message: "Forbidden: \(message)", reason: "FieldValueForbidden")
    case "FieldValueRequired"?: return .required(place, message)
    case "FieldValueDuplicate"?:
      return .init(field: place, message: "Duplicate value: \(value.text())", reason: "FieldValueDuplicate")
    default: return .invalid(place, .string(Self.typeName(value)), message)
    }
  }
}

extension JSONValue {
  /// Whether a schema has rules in CEL anywhere.
  fileprivate var holdsRules: Bool {
    switch self {
    case .object(let members):
      members["x-kubernetes-validations"] != nil || members.values.contains(where: \.holdsRules)
    case .array(let elements): elements.contains(where: \.holdsRules)
    default: false
    }
  }
}
