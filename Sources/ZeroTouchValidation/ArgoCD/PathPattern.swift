/// A pattern of paths as generators read it: stars within a part, two stars over any number of parts.
struct PathPattern {
  private let parts: [Substring]

  init(_ pattern: String) { parts = pattern.split(separator: "/") }

  func matches(_ path: String) -> Bool { Self.matches(parts[...], path.split(separator: "/")[...]) }

  private static func matches(_ pattern: ArraySlice<Substring>, _ path: ArraySlice<Substring>) -> Bool {
    guard let first = pattern.first else { return path.isEmpty }
    let rest = pattern.dropFirst()
    if first == "**" { return matches(rest, path) || (!path.isEmpty && matches(pattern, path.dropFirst())) }
    guard let part = path.first, isPart(first[...], part[...]) else { return false }
    return matches(rest, path.dropFirst())
  }

  private static func isPart(_ pattern: Substring, _ text: Substring) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    switch first {
    case "*": return isPart(rest, text) || (!text.isEmpty && isPart(pattern, text.dropFirst()))
    case "?": return !text.isEmpty && isPart(rest, text.dropFirst())
    default: return text.first == first && isPart(rest, text.dropFirst())
    }
  }
}
