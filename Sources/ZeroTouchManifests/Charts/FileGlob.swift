/// A pattern for the names of files, as Argo CD matches them: `*` also stands for slashes.
package struct FileGlob: Sendable, Hashable {
  private enum Part: Sendable, Hashable {
    case any
    case one
    case literal(Character)
    case set([ClosedRange<Character>], isNegated: Bool)
    /// A set without an end, which nothing fits.
    case nothing
  }

  private let alternatives: [[Part]]
  /// Braces multiply; nobody writes out more by hand.
  private static let mostAlternatives = 1000

  package init(_ pattern: String) { alternatives = Self.expanded(pattern).map(Self.parts) }

  package func matches(_ name: String) -> Bool {
    let text = Array(name)
    return alternatives.contains { Self.matches($0, text) }
  }

  /// Writes out every `{a,b}` of a pattern.
  private static func expanded(_ pattern: String) -> [String] {
    var open = [pattern]
    var done: [String] = []
    while let next = open.popLast(), open.count + done.count < mostAlternatives {
      guard let start = next.firstIndex(of: "{"), let end = next[start...].firstIndex(of: "}") else {
        done.append(next)
        continue
      }
      let (head, tail) = (next[..<start], next[next.index(after: end)...])
      open += next[next.index(after: start)..<end].split(separator: ",", omittingEmptySubsequences: false)
        .prefix(mostAlternatives).map { "\(head)\($0)\(tail)" }
    }
    return done
  }

  private static func parts(_ pattern: String) -> [Part] {
    var parts: [Part] = []
    var rest = pattern[...]
    while let first = rest.popFirst() {
      switch first {
      case "*": if parts.last != .any { parts.append(.any) }
      case "?": parts.append(.one)
      case "[":
        guard let close = rest.firstIndex(of: "]") else { return [.nothing] }
        parts.append(set(Array(rest[..<close])))
        rest = rest[rest.index(after: close)...]
      default: parts.append(.literal(first))
      }
    }
    return parts
  }

  private static func set(_ text: [Character]) -> Part {
    let isNegated = text.first == "!" || text.first == "^"
    let members = Array(isNegated ? text.dropFirst() : text[...])
    var ranges: [ClosedRange<Character>] = []
    var index = 0
    while index < members.count {
      guard index + 2 < members.count, members[index + 1] == "-" else {
        ranges.append(members[index]...members[index])
        index += 1
        continue
      }
      // A range from `z` to `a` holds nothing.
      if members[index] <= members[index + 2] { ranges.append(members[index]...members[index + 2]) }
      index += 3
    }
    return .set(ranges, isNegated: isNegated)
  }

  /// Goes back to the last `*` only: what earlier ones took need never change.
  private static func matches(_ parts: [Part], _ text: [Character]) -> Bool {
    var (part, index) = (0, 0)
    var last: (part: Int, index: Int)?
    while index < text.count {
      if part < parts.count, parts[part] == .any {
        last = (part, index)
        part += 1
      } else if part < parts.count, fits(parts[part], text[index]) {
        part += 1
        index += 1
      } else if let star = last {
        last = (star.part, star.index + 1)
        (part, index) = (star.part + 1, star.index + 1)
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy { $0 == .any }
  }

  private static func fits(_ part: Part, _ character: Character) -> Bool {
    switch part {
    case .any, .nothing: false
    case .one: true
    case .literal(let own): own == character
    case .set(let ranges, let isNegated): ranges.contains { $0.contains(character) } != isNegated
    }
  }
}
