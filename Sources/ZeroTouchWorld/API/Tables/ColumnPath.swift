import ZeroTouchModel

/// A simple JSONPath as printer columns use it: members, indices, and elements chosen by a member's value.
struct ColumnPath {
  private enum Step {
    case member(String)
    case index(Int)
    case all
    case matching(String, String)
  }

  private var steps: [Step] = []

  /// Reads `.status.conditions[?(@.type=="Ready")].status`.
  init(_ text: String) {
    var rest = text[...]
    while let first = rest.first {
      if first == "[" {
        let end = rest.firstIndex(of: "]") ?? rest.endIndex
        steps.append(Self.bracket(rest[rest.index(after: rest.startIndex)..<end]))
        rest = end == rest.endIndex ? rest[end...] : rest[rest.index(after: end)...]
      } else {
        if first == "." { rest = rest.dropFirst() }
        let name: String = Self.name(&rest)
        if !name.isEmpty { steps.append(.member(name)) } else if rest.first == "." { rest = rest.dropFirst() }
      }
    }
  }

  /// The first value behind the path.
  func value(in object: JSONValue) -> JSONValue? {
    var values = [object]
    for step in steps { values = values.flatMap { Self.follow(step, $0) } }
    return values.first
  }

  private static func follow(_ step: Step, _ value: JSONValue) -> [JSONValue] {
    let elements = value.arrayValue ?? []
    switch step {
    case .member(let name): return value[name].map { [$0] } ?? []
    case .index(let index): return elements.indices.contains(index) ? [elements[index]] : []
    case .all: return elements
    case .matching(let name, let wanted):
      return elements.filter { ColumnPath(name).value(in: $0)?.stringValue == wanted }
    }
  }

  /// A name up to the next dot or bracket; a backslash makes a dot part of it.
  private static func name(_ rest: inout Substring) -> String {
    var name = ""
    while let character = rest.first, character != ".", character != "[" {
      rest = rest.dropFirst()
      if character == "\\", let escaped = rest.popFirst() { name.append(escaped) } else { name.append(character) }
    }
    return name
  }

  private static func bracket(_ text: Substring) -> Step {
    if text == "*" { return .all }
    if let index = Int(text) { return .index(index) }
    let quotes: Set<Character> = ["'", "\"", " "]
    guard text.hasPrefix("?("), let sign = text.firstRange(of: "==") else {
      return .member(String(text.filter { !quotes.contains($0) }))
    }
    let name = text[..<sign.lowerBound].dropFirst(2).filter { $0 != "@" && $0 != " " }
    let value = text[sign.upperBound...].filter { !quotes.contains($0) && $0 != ")" }
    return .matching(String(name), String(value))
  }
}
