import ZeroTouchModel

/// What an observed composed resource has to show to count as ready.
enum ReadinessCheck: Sendable, Hashable {
  case none
  case nonEmpty(FieldPath)
  case matches(FieldPath, JSONValue)
  case condition(String, status: String)

  init(_ input: FunctionInput) throws(CompositionFailure) {
    try input.only("type", "fieldPath", "matchString", "matchInteger", "matchCondition")
    let kind = try input.demand("type").text()
    switch kind {
    case "None": self = .none
    case "NonEmpty": self = .nonEmpty(try input.demand("fieldPath").path())
    case "MatchString":
      self = .matches(try input.demand("fieldPath").path(), .string(try input.demand("matchString").text()))
    case "MatchInteger":
      self = .matches(try input.demand("fieldPath").path(), .int(try input.demand("matchInteger").integer()))
    case "MatchTrue", "MatchFalse":
      self = .matches(try input.demand("fieldPath").path(), .bool(kind == "MatchTrue"))
    case "MatchCondition":
      let condition = try input.demand("matchCondition")
      self = .condition(try condition.demand("type").text(), status: try condition.demand("status").text())
    default: throw input.failure("the readiness check `\(kind)` cannot be evaluated")
    }
  }

  func holds(for object: JSONValue) -> Bool {
    switch self {
    case .none: true
    case .nonEmpty(let path): (try? object.value(at: path)).map { !$0.isNull } ?? false
    case .matches(let path, let wanted): (try? object.value(at: path)) == wanted
    case .condition(let type, let status):
      (object[path: "status", "conditions"]?.arrayValue ?? []).contains {
        $0["type"]?.stringValue == type && $0["status"]?.stringValue == status
      }
    }
  }
}
