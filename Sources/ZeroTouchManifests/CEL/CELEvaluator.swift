package import ZeroTouchModel

/// Evaluates expressions on JSON values.
package struct CELEvaluator: Sendable {
  private var variables: [String: JSONValue]

  package init(_ variables: [String: JSONValue]) { self.variables = variables }

  /// The value of an expression that has to be true or false.
  package func decide(_ expression: CELExpression) throws(CELError) -> Bool {
    guard case .bool(let answer) = try evaluate(expression) else {
      throw .failed("the expression gives no boolean")
    }
    return answer
  }

  package func evaluate(_ expression: CELExpression) throws(CELError) -> JSONValue {
    switch expression {
    case .literal(let value): return value
    case .identifier(let name):
      guard let value = variables[name] else { throw .failed("undeclared reference to `\(name)`") }
      return value
    case .select(let base, let name): return try Self.member(name, of: evaluate(base))
    case .has(let base, let name): return .bool(try Self.isMember(name, of: evaluate(base)))
    case .index(let base, let place): return try Self.element(evaluate(place), of: evaluate(base))
    case .list(let parts): return .array(try all(parts))
    case .map(let entries): return try mapping(entries)
    case .call(let name, let receiver, let arguments):
      let values = try all(arguments)
      guard let receiver else { return try CELFunctions.call(name, values) }
      return try CELFunctions.call(name, on: evaluate(receiver), values)
    case .comprehension(let kind, let base, let variable, let body):
      return try comprehend(kind, try evaluate(base), variable, body)
    case .not(let inner): return .bool(!(try decide(inner)))
    case .negative(let inner): return try CELArithmetic.negative(evaluate(inner))
    case .binary(let operation, let left, let right): return try binary(operation, left, right)
    case .conditional(let test, let yes, let no): return try evaluate(try decide(test) ? yes : no)
    }
  }

  private func all(_ parts: [CELExpression]) throws(CELError) -> [JSONValue] {
    var values: [JSONValue] = []
    for part in parts { values.append(try evaluate(part)) }
    return values
  }

  private func mapping(_ entries: [[CELExpression]]) throws(CELError) -> JSONValue {
    var members: [String: JSONValue] = [:]
    for entry in entries {
      guard case .string(let key) = try evaluate(entry[0]) else { throw .unsupported("a key that is no string") }
      members[key] = try evaluate(entry[1])
    }
    return .object(members)
  }

  private func binary(
    _ operation: CELExpression.Operator, _ left: CELExpression, _ right: CELExpression
  ) throws(CELError) -> JSONValue {
    switch operation {
    case .or: return .bool(try either(left, right, decisive: true))
    case .and: return .bool(try either(left, right, decisive: false))
    default: return try CELArithmetic.apply(operation, try evaluate(left), try evaluate(right))
    }
  }

  /// A side that decides the answer outweighs an error of the other one.
  private func either(_ left: CELExpression, _ right: CELExpression, decisive: Bool) throws(CELError) -> Bool {
    let first: Result<Bool, CELError> = result(left)
    if case .success(decisive) = first { return decisive }
    let second = try decide(right)
    if second == decisive { return decisive }
    return try first.get()
  }

  private func result(_ expression: CELExpression) -> Result<Bool, CELError> {
    do { return .success(try decide(expression)) } catch { return .failure(error) }
  }

  private func comprehend(
    _ kind: CELExpression.Comprehension, _ range: JSONValue, _ variable: String, _ body: CELExpression
  ) throws(CELError) -> JSONValue {
    let elements = try Self.elements(of: range)
    if kind == .map {
      var values: [JSONValue] = []
      for element in elements { values.append(try with(variable, element).evaluate(body)) }
      return .array(values)
    }
    var chosen: [JSONValue] = []
    var failure: CELError?
    for element in elements {
      switch with(variable, element).result(body) {
      case .success(true): chosen.append(element)
      case .success(false): if kind == .all { return false }
      case .failure(let error): failure = error
      }
    }
    if kind == .exists, !chosen.isEmpty { return true }
    if let failure { throw failure }
    switch kind {
    case .exists: return false
    case .existsOne: return .bool(chosen.count == 1)
    case .filter: return .array(chosen)
    case .all, .map: return true
    }
  }

  private func with(_ name: String, _ value: JSONValue) -> CELEvaluator {
    var inner = self
    inner.variables[name] = value
    return inner
  }

  private static func elements(of range: JSONValue) throws(CELError) -> [JSONValue] {
    switch range {
    case .array(let elements): return elements
    case .object(let members): return members.keys.sorted().map(JSONValue.string)
    default: throw .failed("a comprehension wants a list or a map")
    }
  }

  private static func member(_ name: String, of value: JSONValue) throws(CELError) -> JSONValue {
    guard case .object(let members) = value else { throw .failed("`\(name)` is looked for in a value without fields") }
    guard let member = members[name] else { throw .failed("no such key: \(name)") }
    return member
  }

  private static func isMember(_ name: String, of value: JSONValue) throws(CELError) -> Bool {
    guard case .object(let members) = value else { throw .failed("`\(name)` is looked for in a value without fields") }
    return members[name] != nil
  }

  private static func element(_ place: JSONValue, of value: JSONValue) throws(CELError) -> JSONValue {
    switch (value, place) {
    case (.object, .string(let name)): return try member(name, of: value)
    case (.array(let elements), .int(let index)):
      guard elements.indices.contains(Int(index)) else { throw .failed("index out of bounds: \(index)") }
      return elements[Int(index)]
    default: throw .failed("no such overload of an index")
    }
  }
}
