import ZeroTouchModel

/// One word of an expression.
enum CELToken: Sendable, Hashable {
  case literal(JSONValue)
  case name(String)
  case symbol(String)

  private static let symbols = [
    "&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", "(", ")", "[", "]", "{", "}",
    ",", ".",
  ]

  static func tokens(of text: String) throws(CELError) -> [CELToken] {
    var tokens: [CELToken] = []
    var rest = text[...]
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if first.isNumber {
        tokens.append(.literal(try number(&rest)))
      } else if let string = try string(&rest) {
        tokens.append(.literal(.string(string)))
      } else if first.isLetter || first == "_" {
        tokens.append(word(&rest))
      } else if let symbol = symbols.first(where: rest.hasPrefix) {
        rest = rest.dropFirst(symbol.count)
        tokens.append(.symbol(symbol))
      } else {
        throw .syntax("`\(first)` is no part of an expression")
      }
    }
    return tokens
  }

  private static func word(_ rest: inout Substring) -> CELToken {
    let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    rest = rest.dropFirst(word.count)
    switch word {
    case "true": return .literal(true)
    case "false": return .literal(false)
    case "null": return .literal(.null)
    case "in": return .symbol("in")
    default: return .name(String(word))
    }
  }

  private static func number(_ rest: inout Substring) throws(CELError) -> JSONValue {
    let word = rest.prefix { $0.isNumber || $0.isLetter || $0 == "." }
    rest = rest.dropFirst(word.count)
    if let value = Int64(word) { return .int(value) }
    if word.hasPrefix("0x"), let value = Int64(word.dropFirst(2), radix: 16) { return .int(value) }
    if let value = Double(word), !word.hasPrefix("0x") { return .double(value) }
    if word.hasSuffix("u") { throw .unsupported("the unsigned number `\(word)`") }
    throw .syntax("`\(word)` is no number")
  }

  /// The string at the beginning of the rest; nil where there is none.
  private static func string(_ rest: inout Substring) throws(CELError) -> String? {
    var body = rest
    let isRaw = body.first == "r" || body.first == "R"
    if isRaw { body.removeFirst() }
    if body.first == "b", let quote = body.dropFirst().first, quote == "'" || quote == "\"" {
      throw .unsupported("the bytes `\(body.prefix(12))`")
    }
    guard let quote = body.first, quote == "'" || quote == "\"" else { return nil }
    let long = String(repeating: quote, count: 3)
    let end = body.hasPrefix(long) ? long : String(quote)
    body = body.dropFirst(end.count)
    var text = ""
    while !body.hasPrefix(end) {
      guard let character = body.popFirst() else { throw .syntax("a string has no end") }
      if character == "\\", !isRaw { text.append(try escape(&body)) } else { text.append(character) }
    }
    rest = body.dropFirst(end.count)
    return text
  }

  private static func escape(_ body: inout Substring) throws(CELError) -> Character {
    let known: [Character: Character] = [
      "n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", "\"": "\"", "`": "`", "?": "?",
    ]
    guard let letter = body.popFirst(), let character = known[letter] else {
      throw .unsupported("an escape in a string that is not one of \\n \\t \\r \\\\ \\' \\\"")
    }
    return character
  }
}
