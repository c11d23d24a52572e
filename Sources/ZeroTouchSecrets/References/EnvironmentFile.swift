/// The lines of a `.env` file: `NAME=value`, with `export` or without, quoted or not. Nothing is expanded: a value that
/// holds `$()` or a backslash is that text.
struct EnvironmentFile {
  let values: [String: String]

  init(_ text: String) {
    var values: [String: String] = [:]
    var rest = text.replacing("\r\n", with: "\n")[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: "\n") ?? rest.endIndex
      let line = rest[..<end].trimmingPrefix(while: \.isWhitespace).trimmingPrefix("export ")
      guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else {
        rest = rest[end...].dropFirst()
        continue
      }
      let name = String(line[..<equals].filter { !$0.isWhitespace })
      let begin = line.index(after: equals)
      (values[name], rest) = Self.value(rest[begin...])
    }
    self.values = values
  }

  /// A value, and what comes behind its line; a quoted one may reach over several lines.
  private static func value(_ text: Substring) -> (String, Substring) {
    if let quote = text.first, quote == "'" || quote == "\"", let end = closing(quote, text.dropFirst()) {
      let rest = text[text.index(after: end)...]
      return (unescaped(text.dropFirst()[..<end], in: quote), rest.drop { $0 != "\n" }.dropFirst())
    }
    let end = text.firstIndex(of: "\n") ?? text.endIndex
    var value = text[..<end]
    if let comment = value.firstRange(of: " #") { value = value[..<comment.lowerBound] }
    while value.last?.isWhitespace == true { value.removeLast() }
    return (String(value.trimmingPrefix(while: \.isWhitespace)), text[end...].dropFirst())
  }

  private static func closing(_ quote: Character, _ text: Substring) -> Substring.Index? {
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] == quote { return index }
      if text[index] == "\\", quote == "\"" { index = text.index(after: index) }
      if index < text.endIndex { index = text.index(after: index) }
    }
    return nil
  }

  /// Inside double quotes a backslash protects a quote or another backslash, and `\n` is a line feed.
  private static func unescaped(_ text: Substring, in quote: Character) -> String {
    guard quote == "\"", text.contains("\\") else { return String(text) }
    var result = ""
    var isEscaped = false
    for character in text {
      guard isEscaped || character != "\\" else {
        isEscaped = true
        continue
      }
      switch (isEscaped, character) {
      case (true, "n"): result.append("\n")
      case (true, "\""), (true, "\\"), (true, "$"), (false, _): result.append(character)
      default: result.append("\\\(character)")
      }
      isEscaped = false
    }
    return isEscaped ? result + "\\" : result
  }
}
