import ZeroTouchModel

/// A label selector as objects carry it: `matchLabels`, `matchExpressions`, and a node term's fields.
struct LabelRequirements: Sendable, Hashable {
  struct Expression: Sendable, Hashable {
    let key: String
    let comparison: String
    let values: [String]
  }

  let labels: [String: String]
  let expressions: [Expression]

  init(labels: [String: String] = [:], expressions: [Expression] = []) {
    self.labels = labels
    self.expressions = expressions
  }

  init(_ selector: JSONValue?) {
    labels = selector?["matchLabels"]?.stringMap ?? [:]
    expressions = Self.expressions(selector?["matchExpressions"])
  }

  static func expressions(_ list: JSONValue?) -> [Expression] {
    (list?.arrayValue ?? []).map {
      Expression(
        key: $0["key"]?.stringValue ?? "", comparison: $0["operator"]?.stringValue ?? "",
        values: ($0["values"]?.arrayValue ?? []).compactMap(\.stringValue))
    }
  }

  func matches(_ candidate: [String: String]) -> Bool {
    labels.allSatisfy { candidate[$0.key] == $0.value } && expressions.allSatisfy { $0.matches(candidate) }
  }
}

extension LabelRequirements.Expression {
  func matches(_ candidate: [String: String]) -> Bool {
    let value = candidate[key]
    switch comparison {
    case "In": return value.map(values.contains) ?? false
    case "NotIn": return !(value.map(values.contains) ?? false)
    case "Exists": return value != nil
    case "DoesNotExist": return value == nil
    case "Gt": return compare(value, >)
    case "Lt": return compare(value, <)
    default: return false
    }
  }

  private func compare(_ value: String?, _ holds: (Int, Int) -> Bool) -> Bool {
    guard let left = value.flatMap({ Int($0) }), let right = values.first.flatMap({ Int($0) }) else { return false }
    return holds(left, right)
  }
}
