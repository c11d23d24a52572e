import Foundation
import ZeroTouchModel

/// Reads lines of `NAME=VALUE`. A value without quotes is what stands there to the end of its line; one in single quotes
/// is what stands between them, over several lines too; in double quotes `\n`, `\r`, `\t`, `\"`, `\\` and `\$` stand for
/// what they do everywhere. Nothing is expanded.
struct VariableFileReader {
  private let file: String
  private var rest: ArraySlice<UInt8>
  private var line = 1
  private(set) var problems: [Problem] = []

  /// What is wrong with a line, and whose value it would have been.
  struct Problem {
    let name: String?
    /// With the name.
    let diagnostic: Diagnostic
    /// Without the name: the end of a value that goes on over several lines may look like one.
    let anonymous: Diagnostic
  }

  init(_ data: Data, file: String) {
    self.file = file
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    rest = Array(data)[(data.starts(with: mark) ? mark.count : 0)...]
  }

  mutating func read() -> [ParameterFile.Entry] {
    var entries: [ParameterFile.Entry] = []
    while !rest.isEmpty {
      let place = SourceLocation(file: file, line: line, column: 1)
      let text = rest.prefix { $0 != Self.lineFeed }
      let trimmed = Self.trimmed(text)
      guard let first = trimmed.first, first != UInt8(ascii: "#") else {
        skip(text.count)
        continue
      }
      guard let equals = text.firstIndex(of: UInt8(ascii: "=")) else {
        let diagnostic = Diagnostic(
          at: place, "the line has no `=`", remedy: "write NAME=VALUE; put a value of several lines in quotes")
        problems.append(Problem(name: nil, diagnostic: diagnostic, anonymous: diagnostic))
        skip(text.count)
        continue
      }
      let name = Self.name(rest[..<equals])
      rest = rest[(equals + 1)...]
      guard let value = value(of: name, place) else { continue }
      entries.append(ParameterFile.Entry(name: name, value: Data(value), location: place, isNameTold: false))
    }
    return entries
  }

  private static func name(_ bytes: ArraySlice<UInt8>) -> String {
    let name = String(decoding: trimmed(bytes), as: UTF8.self)
    let bare = name.hasPrefix("export ") ? String(name.dropFirst(7)) : name
    return bare.trimmingCharacters(in: .whitespaces)
  }

  /// Whether a text is a name that no part of a key looks like: base64 of more than a few bytes has capitals.
  static func isSurelyName(_ text: String) -> Bool { text.wholeMatch(of: #/[a-z0-9_.\/-]+/#) != nil }

  /// The value at the start of what is left; nil where it is none.
  private mutating func value(of name: String, _ place: SourceLocation) -> [UInt8]? {
    switch rest.first {
    case UInt8(ascii: "'"): return quoted(by: UInt8(ascii: "'"), name, place)
    case UInt8(ascii: "\""): return quoted(by: UInt8(ascii: "\""), name, place)
    default: return plain(name, place)
    }
  }

  private mutating func plain(_ name: String, _ place: SourceLocation) -> [UInt8]? {
    let text = rest.prefix { $0 != Self.lineFeed }
    skip(text.count)
    let value = text.last == Self.carriageReturn ? text.dropLast() : text
    if value.starts(with: Array("-----BEGIN ".utf8)) {
      report(
        { "the value of \($0) goes on over several lines" }, "put the whole value in quotes", about: name, at: place)
      skipArmor()
      return nil
    }
    guard Self.trimmed(value) != [UInt8(ascii: "=")] else {
      // The last line of base64, whose first line looked like a whole value.
      report(
        { "the value of \($0) is `=` alone, the end of a value of several lines" }, "put the whole value in quotes",
        about: name, at: place)
      return nil
    }
    guard Self.trimmed(value).count == value.count else {
      report(
        { "the value of \($0) begins or ends with a blank" },
        "put the value in quotes to keep it, or take the blank away", about: name, at: place)
      return nil
    }
    guard value.firstRange(of: Array(" #".utf8)) == nil else {
      // Some readers of such files would take the rest for a comment.
      report(
        { "the value of \($0) has a ` #` in it" }, "put the value in quotes to keep it, or take the comment away",
        about: name, at: place)
      return nil
    }
    return Array(value)
  }

  /// Passes over the rest of a key, whose lines would look like names.
  private mutating func skipArmor() {
    while !rest.isEmpty {
      let text = rest.prefix { $0 != Self.lineFeed }
      let isEnd = text.starts(with: Array("-----END ".utf8))
      skip(text.count)
      if isEnd { return }
    }
  }

  private mutating func quoted(by quote: UInt8, _ name: String, _ place: SourceLocation) -> [UInt8]? {
    rest = rest.dropFirst()
    var value: [UInt8] = []
    var isUnderstood = true
    while let byte = rest.popFirst() {
      if byte == quote { return closed(value, isUnderstood, name, place) }
      if byte == Self.lineFeed { line += 1 }
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        let escaped = rest.popFirst().flatMap { Self.escapes[$0] }
        isUnderstood = isUnderstood && escaped != nil
        value.append(escaped ?? byte)
      } else {
        value.append(byte)
      }
    }
    report({ "the value of \($0) has no closing quote" }, "add it", about: name, at: place)
    return nil
  }

  /// What stood between quotes, once it is sure that nothing but a comment follows.
  private mutating func closed(
    _ value: [UInt8], _ isUnderstood: Bool, _ name: String, _ place: SourceLocation
  ) -> [UInt8]? {
    let behind = rest.prefix { $0 != Self.lineFeed }
    skip(behind.count)
    guard isUnderstood else {
      report(
        { "the value of \($0) has a backslash before something else than n, r, t, \", \\ or $" },
        "write `\\\\` for a backslash, or use single quotes", about: name, at: place)
      return nil
    }
    guard let first = Self.trimmed(behind).first, first != UInt8(ascii: "#") else { return value }
    report(
      { "something stands behind the closing quote of \($0)" }, "put a backslash before a quote inside", about: name,
      at: place)
    return nil
  }

  /// Goes on behind so many bytes and the line feed after them.
  private mutating func skip(_ count: Int) {
    rest = rest.dropFirst(count)
    guard rest.popFirst() != nil else { return }
    line += 1
  }

  private mutating func report(
    _ message: (_ whose: String) -> String, _ remedy: String, about name: String, at place: SourceLocation
  ) {
    problems.append(
      Problem(
        name: name, diagnostic: Diagnostic(at: place, message("`\(name)`"), remedy: remedy),
        anonymous: Diagnostic(at: place, message("this line"), remedy: remedy)))
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == carriageReturn }
    let start = bytes.drop(while: isBlank)
    guard let last = start.lastIndex(where: { !isBlank($0) }) else { return [] }
    return start[...last]
  }

  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let escapes: [UInt8: UInt8] = Dictionary(
    uniqueKeysWithValues: [("n", 0x0A), ("r", 0x0D), ("t", 0x09), ("\"", 0x22), ("\\", 0x5C), ("$", 0x24)].map {
      (letter: Character, byte: UInt8) in (letter.asciiValue ?? 0, byte)
    })
}
