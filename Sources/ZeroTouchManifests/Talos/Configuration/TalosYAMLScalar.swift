import ZeroTouchModel

/// Scalars as Go's YAML library writes them: plain where that reads back as the same text.
enum TalosYAMLScalar {
  static func text(of value: JSONValue, indent: Int) -> String {
    switch value {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .int(let number): String(number)
    case .double(let number): String(number)
    case .string(let text): text.contains("\n") ? literal(text, indent: indent) : self.text(text)
    case .array, .object: value.text()
    }
  }

  /// One line of text, quoted if it would read as something else.
  static func text(_ text: String) -> String {
    if text.isEmpty || readsAsOther(text) || text.unicodeScalars.contains(where: { $0.value < 0x20 }) {
      return JSONValue.string(text).text()
    }
    return needsQuotes(text) ? "'" + text.replacing("'", with: "''") + "'" : text
  }

  private static func readsAsOther(_ text: String) -> Bool {
    let words: Set = ["true", "false", "yes", "no", "on", "off", "null", "~", "y", "n", ".nan", ".inf", "-.inf", "<<"]
    if words.contains(text.lowercased()) { return true }
    guard let first = text.first, first.isNumber || "+-.".contains(first) else { return false }
    return Double(text) != nil || Int(text.replacing("_", with: "")) != nil
  }

  private static func needsQuotes(_ text: String) -> Bool {
    guard let first = text.first else { return true }
    return "[]{}&*!|>'\"%@`#,?:".contains(first) || text.hasPrefix("- ") || text == "-" || text.contains(": ")
      || text.contains(" #") || text.hasSuffix(":") || text.hasPrefix(" ") || text.hasSuffix(" ")
  }

  private static func literal(_ text: String, indent: Int) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let endings = lines.reversed().prefix { $0.isEmpty }.count
    lines.removeLast(endings)
    let chomping = endings == 0 ? "-" : endings == 1 ? "" : "+"
    let explicit = lines.first?.hasPrefix(" ") == true ? "4" : ""
    let margin = String(repeating: " ", count: indent)
    let body = lines.map { $0.isEmpty ? "" : margin + $0 } + Array(repeating: "", count: max(endings - 1, 0))
    return "|\(explicit)\(chomping)\n" + body.joined(separator: "\n")
  }
}
