/// A pattern of file names as Argo CD reads it: `*` (slashes too), `?`, `[…]` and `{a,b}`.
package struct FileGlob: Sendable, Hashable {
  private let alternatives: [[Character]]

  package init(_ pattern: String) { alternatives = Self.expanded(pattern).map(Array.init) }

  package func matches(_ name: String) -> Bool {
    let text = Array(name)
    return alternatives.contains { Self.matches($0[...], text[...]) }
  }

  /// Writes out the first `{a,b}` of a pattern, then the rest.
  private static func expanded(_ pattern: String) -> [String] {
    guard let open = pattern.firstIndex(of: "{"), let close = pattern[open...].firstIndex(of: "}") else {
      return [pattern]
    }
    let head = pattern[..<open]
    let tail = pattern[pattern.index(after: close)...]
    return pattern[pattern.index(after: open)..<close].split(separator: ",", omittingEmptySubsequences: false)
      .flatMap { expanded("\(head)\($0)\(tail)") }
  }

  private static func matches(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    switch first {
    case "*": return matches(rest, text) || (!text.isEmpty && matches(pattern, text.dropFirst()))
    case "?": return !text.isEmpty && matches(rest, text.dropFirst())
    case "[":
      guard let close = rest.firstIndex(of: "]"), let character = text.first else { return false }
      return contains(rest[rest.startIndex..<close], character)
        && matches(rest[rest.index(after: close)...], text.dropFirst())
    default: return text.first == first && matches(rest, text.dropFirst())
    }
  }

  private static func contains(_ set: ArraySlice<Character>, _ character: Character) -> Bool {
    let negated = set.first == "!" || set.first == "^"
    let members = Array(negated ? set.dropFirst() : set)
    var index = 0
    var found = false
    while index < members.count {
      if index + 2 < members.count, members[index + 1] == "-" {
        found = found || (members[index]...members[index + 2]).contains(character)
        index += 3
      } else {
        found = found || members[index] == character
        index += 1
      }
    }
    return found != negated
  }
}
