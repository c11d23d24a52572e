import ZeroTouchModel

/// Reads an expression from its words, the loosest operators first.
struct CELParser {
  private var tokens: ArraySlice<CELToken>

  init(_ tokens: [CELToken]) { self.tokens = tokens[...] }

  private static let levels: [[CELExpression.Operator]] = [
    [.or], [.and], [.equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual, .member], [.plus, .minus],
    [.times, .divided, .modulo],
  ]

  mutating func whole() throws(CELError) -> CELExpression {
    let expression = try conditional()
    guard tokens.isEmpty else { throw .syntax("something follows the end of the expression: \(next)") }
    return expression
  }

  private var next: String {
    switch tokens.first {
    case .symbol(let text), .name(let text): "`\(text)`"
    case .literal(let value): "`\(value.text())`"
    case nil: "nothing"
    }
  }

  private mutating func take(_ symbol: String) -> Bool {
    guard tokens.first == .symbol(symbol) else { return false }
    tokens.removeFirst()
    return true
  }

  private mutating func demand(_ symbol: String) throws(CELError) {
    guard take(symbol) else { throw .syntax("expected `\(symbol)`, found \(next)") }
  }

  private mutating func conditional() throws(CELError) -> CELExpression {
    let test = try binary(0)
    guard take("?") else { return test }
    let yes = try conditional()
    try demand(":")
    return .conditional(test, yes, try conditional())
  }

  private mutating func binary(_ level: Int) throws(CELError) -> CELExpression {
    guard level < Self.levels.count else { return try unary() }
    var left = try binary(level + 1)
    while case .symbol(let text) = tokens.first,
      let operation = Self.levels[level].first(where: { $0.rawValue == text })
    {
      tokens.removeFirst()
      left = .binary(operation, left, try binary(level + 1))
    }
    return left
  }

  private mutating func unary() throws(CELError) -> CELExpression {
    if take("!") { return .not(try unary()) }
    if take("-") { return .negative(try unary()) }
    return try postfix()
  }

  private mutating func postfix() throws(CELError) -> CELExpression {
    var value = try primary()
    while true {
      if take(".") {
        if tokens.first == .symbol("?") { throw .unsupported("the optional field `.?`") }
        guard case .name(let name) = tokens.popFirst() else { throw .syntax("expected a name after `.`") }
        value = take("(") ? try method(name, of: value, try list(until: ")")) : .select(value, Self.unescaped(name))
      } else if take("[") {
        if tokens.first == .symbol("?") { throw .unsupported("the optional index `[?`") }
        let place = try conditional()
        try demand("]")
        value = .index(value, place)
      } else {
        return value
      }
    }
  }

  private func method(
    _ name: String, of receiver: CELExpression, _ arguments: [CELExpression]
  ) throws(CELError) -> CELExpression {
    guard let comprehension = CELExpression.Comprehension(rawValue: name) else {
      // Refused before its arguments are looked at: they may hold variables that only it knows.
      guard CELFunctions.methods.contains(name) else { throw .unsupported("the method `\(name)`") }
      return .call(name, receiver: receiver, arguments)
    }
    guard arguments.count == 2, case .identifier(let variable) = arguments[0] else {
      throw .unsupported("`\(name)` with \(arguments.count) arguments")
    }
    return .comprehension(comprehension, receiver, variable: variable, body: arguments[1])
  }

  private mutating func primary() throws(CELError) -> CELExpression {
    if take("(") {
      let inner = try conditional()
      try demand(")")
      return inner
    }
    if take("[") { return .list(try list(until: "]")) }
    if take("{") { return .map(try entries()) }
    switch tokens.popFirst() {
    case .literal(let value): return .literal(value)
    case .name(let name): return try named(name)
    case .symbol(let symbol): throw .syntax("`\(symbol)` begins no value")
    case nil: throw .syntax("the expression ends too early")
    }
  }

  private mutating func named(_ name: String) throws(CELError) -> CELExpression {
    guard take("(") else { return .identifier(name) }
    let arguments = try list(until: ")")
    guard name == "has" else { return .call(name, receiver: nil, arguments) }
    guard arguments.count == 1, case .select(let base, let field) = arguments[0] else {
      throw .syntax("`has` wants a field, such as `has(self.name)`")
    }
    return .has(base, field)
  }

  private mutating func list(until end: String) throws(CELError) -> [CELExpression] {
    var parts: [CELExpression] = []
    while !take(end) {
      if !parts.isEmpty { try demand(",") }
      parts.append(try conditional())
    }
    return parts
  }

  private mutating func entries() throws(CELError) -> [[CELExpression]] {
    var entries: [[CELExpression]] = []
    while !take("}") {
      if !entries.isEmpty { try demand(",") }
      let key = try conditional()
      try demand(":")
      entries.append([key, try conditional()])
    }
    return entries
  }

  /// The field that Kubernetes' escapes stand for: `__namespace__` is `namespace`, `a__dash__b` is `a-b`.
  private static func unescaped(_ name: String) -> String {
    guard name.contains("__") else { return name }
    if name.hasPrefix("__"), name.hasSuffix("__"), reserved.contains(String(name.dropFirst(2).dropLast(2))) {
      return String(name.dropFirst(2).dropLast(2))
    }
    return [("__dot__", "."), ("__dash__", "-"), ("__slash__", "/"), ("__underscores__", "__")]
      .reduce(name) { $0.replacing($1.0, with: $1.1) }
  }

  private static let reserved: Set = [
    "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let",
    "loop", "package", "namespace", "return",
  ]
}
