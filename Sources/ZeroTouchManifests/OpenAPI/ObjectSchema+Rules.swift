import ZeroTouchModel

extension ObjectSchema {
  /// The rules in CEL that a value breaks, and those that cannot be evaluated here.
  func ruleProblems(_ value: JSONValue, _ path: FieldPath) -> [SchemaProblem] {
    let rules = json["x-kubernetes-validations"]?.arrayValue ?? []
    return rules.compactMap { problem(of: $0, value, path) }
  }

  private func problem(of rule: JSONValue, _ value: JSONValue, _ path: FieldPath) -> SchemaProblem? {
    guard let text = rule["rule"]?.stringValue else { return nil }
    let remedy = "the rule is `\(text)`"
    do {
      let expression = try CELExpression(parsing: text)
      // A rule about a change has nothing to say about an object that is new.
      if expression.mentions("oldSelf") { return nil }
      if try CELEvaluator(["self": value]).decide(expression) { return nil }
      return SchemaProblem(place(of: rule, at: path), message(of: rule, text, value), remedy: remedy)
    } catch {
      guard case .failed(let reason) = error else {
        let unread = "has the rule `\(text)`, which \(error)"
        return SchemaProblem(path, unread, remedy: "check the value by hand", isUnknown: true)
      }
      return SchemaProblem(place(of: rule, at: path), "cannot satisfy its rule: \(reason)", remedy: remedy)
    }
  }

  private func message(of rule: JSONValue, _ text: String, _ value: JSONValue) -> String {
    if let expression = rule["messageExpression"]?.stringValue.flatMap({ try? CELExpression(parsing: $0) }),
      case .string(let message)? = try? CELEvaluator(["self": value]).evaluate(expression)
    {
      return message
    }
    return rule["message"]?.stringValue ?? "must satisfy `\(text)`"
  }

  /// The field that a rule names as the one to blame.
  private func place(of rule: JSONValue, at path: FieldPath) -> FieldPath {
    guard let text = rule["fieldPath"]?.stringValue, text.hasPrefix("."),
      let blamed = try? FieldPath.parse(String(text.dropFirst()))
    else { return path }
    return path.appending(blamed)
  }
}
