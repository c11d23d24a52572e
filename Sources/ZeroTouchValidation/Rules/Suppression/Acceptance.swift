import Foundation
package import ZeroTouchModel

/// A finding that somebody accepted in place, by a comment: `# zerotouch:accept ZT304 reason`.
package struct Acceptance: Sendable, Hashable {
  package let location: SourceLocation
  /// The rules, or the beginnings of their names.
  package let rules: [String]
  package let reason: String
  /// The line it speaks of: its own, or the next one that is no comment.
  package let line: Int
  /// The last line it speaks of: where a text begins over several lines, which have no place for a comment, their end.
  package let last: Int

  private static let mark = "zerotouch:accept"

  /// Whether a rule of this name may say something about that line.
  package func covers(_ rule: String, line: Int) -> Bool {
    (self.line...last ~= line || line == location.line) && rules.contains { rule.hasPrefix($0) }
  }

  /// Every acceptance in a text.
  static func all(in text: String, file: String) -> [Acceptance] {
    // Nearly no file has one: the search for the mark is what has to be fast.
    guard text.utf8.count > mark.utf8.count, text.contains(mark) else { return [] }
    let lines = text.lines
    return lines.enumerated().compactMap { index, line in
      guard let hash = line.range(of: "# \(mark)") ?? line.range(of: "#\(mark)"), !isQuoted(hash.lowerBound, in: line)
      else { return nil }
      let words = line[hash.upperBound...].split(separator: " ")
      let rules = (words.first ?? "").split(separator: ",").map(String.init)
      let target = target(of: index, in: lines)
      return Acceptance(
        location: SourceLocation(
          file: file, line: index + 1, column: line.distance(from: line.startIndex, to: hash.lowerBound) + 1),
        rules: rules, reason: words.dropFirst().joined(separator: " "), line: target,
        last: max(target, end(ofTextAt: target, in: lines)))
    }
  }

  /// The last line of the text that begins on a line with `|` or `>`; that line itself where none does.
  private static func end(ofTextAt line: Int, in lines: [Substring]) -> Int {
    guard lines.indices.contains(line - 1), lines[line - 1].contains(#/[:\-] +[|>][-+0-9]*\s*(#.*)?$/#) else {
      return line
    }
    func indent(_ line: Substring) -> Int { line.prefix { $0 == " " }.count }
    let own = indent(lines[line - 1])
    let text = lines[line...].prefix { $0.allSatisfy(\.isWhitespace) || indent($0) > own }
    return line + text.count
  }

  /// Whether a place of a line lies between quotes: what stands there is a value and no comment.
  private static func isQuoted(_ place: Substring.Index, in line: Substring) -> Bool {
    var quote: Character?
    for character in line[..<place] where "\"'".contains(character) {
      quote = quote == nil ? character : quote == character ? nil : quote
    }
    return quote != nil
  }

  /// The number of the line that the comment on a line speaks of.
  private static func target(of index: Int, in lines: [Substring]) -> Int {
    func isComment(_ line: Substring) -> Bool { line.drop { $0 == " " || $0 == "\t" }.first == "#" }
    guard isComment(lines[index]) else { return index + 1 }
    var next = index + 1
    while next < lines.count, isComment(lines[next]) { next += 1 }
    return next + 1
  }
}
