package import ZeroTouchModel

/// An expression of the Common Expression Language, as much of it as rules of schemas use.
package indirect enum CELExpression: Sendable, Hashable {
  case literal(JSONValue)
  case identifier(String)
  case select(CELExpression, String)
  /// Whether a member is there.
  case has(CELExpression, String)
  case index(CELExpression, CELExpression)
  case list([CELExpression])
  case map([[CELExpression]])
  /// A function, or a method where there is a receiver.
  case call(String, receiver: CELExpression?, [CELExpression])
  /// `receiver.all(variable, body)` and its like.
  case comprehension(Comprehension, CELExpression, variable: String, body: CELExpression)
  case not(CELExpression)
  case negative(CELExpression)
  case binary(Operator, CELExpression, CELExpression)
  case conditional(CELExpression, CELExpression, CELExpression)

  package enum Comprehension: String, Sendable, Hashable {
    case all, exists, filter, map
    case existsOne = "exists_one"
  }

  package enum Operator: String, Sendable, Hashable {
    case or = "||"
    case and = "&&"
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case member = "in"
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case modulo = "%"
  }

  /// Reads the text of an expression.
  package init(parsing text: String) throws(CELError) {
    var parser = CELParser(try CELToken.tokens(of: text))
    self = try parser.whole()
  }

  /// Whether the expression uses this variable, as rules about updates use `oldSelf`.
  package func mentions(_ name: String) -> Bool {
    switch self {
    case .literal: false
    case .identifier(let own): own == name
    case .select(let base, _), .has(let base, _), .not(let base), .negative(let base): base.mentions(name)
    case .index(let left, let right), .binary(_, let left, let right): left.mentions(name) || right.mentions(name)
    case .list(let parts): parts.contains { $0.mentions(name) }
    case .map(let entries): entries.joined().contains { $0.mentions(name) }
    case .call(_, let receiver, let arguments):
      (receiver?.mentions(name) ?? false) || arguments.contains { $0.mentions(name) }
    case .comprehension(_, let base, _, let body): base.mentions(name) || body.mentions(name)
    case .conditional(let test, let yes, let no): [test, yes, no].contains { $0.mentions(name) }
    }
  }
}

/// Why an expression has no value.
package enum CELError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The expression is no CEL.
  case syntax(String)
  /// The expression is CEL that is not evaluated here.
  case unsupported(String)
  /// The expression fails on these values, as it would in the API server.
  case failed(String)

  package var description: String {
    switch self {
    case .syntax(let text): "cannot be read: \(text)"
    case .unsupported(let text): "cannot be evaluated here: \(text)"
    case .failed(let text): text
    }
  }
}
