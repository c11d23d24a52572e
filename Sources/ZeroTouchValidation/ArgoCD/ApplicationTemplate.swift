import ZeroTouchModel

/// The template of an ApplicationSet with the parameters of one Application: names, `index`, and the plain functions.
struct ApplicationTemplate {
  typealias Unknown = GeneratedApplications.Unknown

  let parameters: JSONValue
  let isGo: Bool

  func filled(_ value: JSONValue) throws(Unknown) -> JSONValue {
    switch value {
    case .object(let members):
      var result: [String: JSONValue] = [:]
      for (name, member) in members { result[try filled(name)] = try filled(member) }
      return .object(result)
    case .array(let elements):
      var result: [JSONValue] = []
      for element in elements { result.append(try filled(element)) }
      return .array(result)
    case .string(let text): return .string(try filled(text))
    default: return value
    }
  }

  private func filled(_ text: String) throws(Unknown) -> String {
    guard text.contains("{{") else { return text }
    var result = text
    for match in text.matches(of: #/\{\{-?\s*(.*?)\s*-?\}\}/#).reversed() {
      let expression = String(match.1)
      if isGo {
        result.replaceSubrange(match.range, with: try value(of: expression))
      } else if let value = parameters[expression] {
        // What nobody gives stays as it stands.
        result.replaceSubrange(match.range, with: value.stringValue ?? value.text())
      }
    }
    return result
  }

  /// A pipeline of Go: a value, and functions behind it.
  private func value(of expression: String) throws(Unknown) -> String {
    let steps = expression.split(separator: "|").map { Self.words(of: $0) }
    guard let first = steps.first else { throw Self.unknown(expression) }
    var value = try source(first, expression)
    for step in steps.dropFirst() { value = try applied(step, to: value, expression) }
    guard let value else { throw Unknown("the template's `{{\(expression)}}` has no value") }
    return value
  }

  private func source(_ words: [String], _ expression: String) throws(Unknown) -> String? {
    if words.count == 1, let name = words.first, name.hasPrefix(".") { return text(at(name)) }
    if words.count == 1, let literal = Self.literal(words[0]) { return literal }
    if words.count == 3, words[0] == "index", words[1].hasPrefix(".") {
      let holder = at(words[1])
      if let index = Int(words[2]), let elements = holder?.arrayValue {
        return elements.indices.contains(index) ? text(elements[index]) : nil
      }
      if let key = Self.literal(words[2]) { return text(holder?[key]) }
    }
    // `trimSuffix "-dev" .name` is `.name | trimSuffix "-dev"`.
    guard words.count > 1, let last = words.last, last.hasPrefix(".") else { throw Self.unknown(expression) }
    return try applied(Array(words.dropLast()), to: text(at(last)), expression)
  }

  private func at(_ name: String) -> JSONValue? {
    name.split(separator: ".").reduce(Optional(parameters)) { $0?[String($1)] }
  }

  private func text(_ value: JSONValue?) -> String? {
    guard let value, !value.isNull, value.objectValue == nil, value.arrayValue == nil else { return nil }
    return value.stringValue ?? value.text()
  }

  private func applied(_ words: [String], to value: String?, _ expression: String) throws(Unknown) -> String? {
    let arguments = words.dropFirst().compactMap(Self.literal)
    guard arguments.count == words.count - 1 else { throw Self.unknown(expression) }
    switch (words.first, arguments.count) {
    case ("default", 1): return value.flatMap { $0.isEmpty ? nil : $0 } ?? arguments[0]
    case ("lower", 0): return value?.lowercased()
    case ("upper", 0): return value?.uppercased()
    case ("quote", 0): return value.map { "\"\($0)\"" }
    case ("toString", 0): return value
    case ("trimPrefix", 1):
      return value.map { $0.hasPrefix(arguments[0]) ? String($0.dropFirst(arguments[0].count)) : $0 }
    case ("trimSuffix", 1):
      return value.map { $0.hasSuffix(arguments[0]) ? String($0.dropLast(arguments[0].count)) : $0 }
    case ("replace", 2): return value.map { $0.replacing(arguments[0], with: arguments[1]) }
    default: throw Self.unknown(expression)
    }
  }

  private static func unknown(_ expression: String) -> Unknown {
    Unknown("the template's `{{\(expression)}}` is not followed here")
  }

  /// What stands in quotes.
  private static func literal(_ word: String) -> String? {
    guard word.count >= 2, let first = word.first, first == "\"" || first == "`", word.last == first else { return nil }
    return String(word.dropFirst().dropLast())
  }

  private static func words(of text: Substring) -> [String] {
    text.matches(of: #/"[^"]*"|`[^`]*`|[^\s"`]+/#).map { String($0.0) }
  }
}
