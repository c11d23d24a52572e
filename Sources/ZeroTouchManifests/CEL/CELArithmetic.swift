import ZeroTouchModel

/// What operators do with values.
enum CELArithmetic {
  static func apply(
    _ operation: CELExpression.Operator, _ left: JSONValue, _ right: JSONValue
  ) throws(CELError) -> JSONValue {
    switch operation {
    case .equal: .bool(areEqual(left, right))
    case .unequal: .bool(!areEqual(left, right))
    case .less, .lessOrEqual, .greater, .greaterOrEqual: .bool(try compare(operation, left, right))
    case .member: .bool(try contains(right, left))
    case .plus, .minus, .times, .divided, .modulo: try calculate(operation, left, right)
    case .or, .and: throw .unsupported("`\(operation.rawValue)` on values")
    }
  }

  static func negative(_ value: JSONValue) throws(CELError) -> JSONValue {
    switch value {
    case .int(let number) where number != .min: return .int(-number)
    case .double(let number): return .double(-number)
    default: throw .failed("no such overload of `-`")
    }
  }

  /// Numbers are equal by what they count, whichever kind they are.
  static func areEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
    switch (left, right) {
    case (.int(let whole), .double(let number)), (.double(let number), .int(let whole)): Double(whole) == number
    case (.array(let left), .array(let right)): left.count == right.count && zip(left, right).allSatisfy(areEqual)
    case (.object(let left), .object(let right)):
      left.count == right.count && left.allSatisfy { key, value in right[key].map { areEqual(value, $0) } ?? false }
    default: left == right
    }
  }

  private static func compare(
    _ operation: CELExpression.Operator, _ left: JSONValue, _ right: JSONValue
  ) throws(CELError) -> Bool {
    switch (left, right) {
    case (.int(let left), .int(let right)): return holds(operation, left, right)
    case (.string(let left), .string(let right)):
      return holds(operation, Order(left), Order(right))
    case (.bool(let left), .bool(let right)): return holds(operation, left ? 1 : 0, right ? 1 : 0)
    default:
      guard let left = number(left), let right = number(right) else {
        throw .failed("no such overload of `\(operation.rawValue)`")
      }
      return holds(operation, left, right)
    }
  }

  /// Strings are ordered by their code points.
  private struct Order: Comparable {
    let scalars: [UInt32]
    init(_ text: String) { scalars = text.unicodeScalars.map(\.value) }
    static func < (left: Self, right: Self) -> Bool { left.scalars.lexicographicallyPrecedes(right.scalars) }
  }

  private static func holds<Value: Comparable>(
    _ operation: CELExpression.Operator, _ left: Value, _ right: Value
  ) -> Bool {
    switch operation {
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    default: left >= right
    }
  }

  private static func contains(_ container: JSONValue, _ value: JSONValue) throws(CELError) -> Bool {
    switch (container, value) {
    case (.array(let elements), _): return elements.contains { areEqual($0, value) }
    case (.object(let members), .string(let name)): return members[name] != nil
    default: throw .failed("no such overload of `in`")
    }
  }

  private static func calculate(
    _ operation: CELExpression.Operator, _ left: JSONValue, _ right: JSONValue
  ) throws(CELError) -> JSONValue {
    switch (operation, left, right) {
    case (.plus, .string(let left), .string(let right)): return .string(left + right)
    case (.plus, .array(let left), .array(let right)): return .array(left + right)
    case (_, .int(let left), .int(let right)): return .int(try integer(operation, left, right))
    case (.plus, .double(let left), .double(let right)): return .double(left + right)
    case (.minus, .double(let left), .double(let right)): return .double(left - right)
    case (.times, .double(let left), .double(let right)): return .double(left * right)
    case (.divided, .double(let left), .double(let right)): return .double(left / right)
    default: throw .failed("no such overload of `\(operation.rawValue)`")
    }
  }

  private static func integer(
    _ operation: CELExpression.Operator, _ left: Int64, _ right: Int64
  ) throws(CELError) -> Int64 {
    if operation == .divided || operation == .modulo, right == 0 { throw .failed("division by zero") }
    let (value, overflows) =
      switch operation {
      case .plus: left.addingReportingOverflow(right)
      case .minus: left.subtractingReportingOverflow(right)
      case .times: left.multipliedReportingOverflow(by: right)
      case .divided: left.dividedReportingOverflow(by: right)
      default: left.remainderReportingOverflow(dividingBy: right)
      }
    if overflows { throw .failed("integer overflow") }
    return value
  }

  private static func number(_ value: JSONValue) -> Double? {
    switch value {
    case .int(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }
}
