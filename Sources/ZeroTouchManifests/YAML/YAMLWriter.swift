package import ZeroTouchModel

/// Writes values as block-style YAML: the same value gives the same text, and Kubernetes tools read the same value back.
package enum YAMLWriter {
  /// The keys that come first in a mapping, in this order; the others follow by name.
  private static let heads = ["apiVersion", "kind", "version", "metadata", "name", "namespace", "spec"]

  /// The document as text, with a line feed at its end.
  package static func text(of value: JSONValue) -> String {
    switch value {
    case .object(let members) where !members.isEmpty: mapping(members, indent: 0)
    case .array(let elements) where !elements.isEmpty: sequence(elements, indent: 0)
    default: scalar(value, indent: 0) + "\n"
    }
  }

  /// Several documents in one text.
  package static func text(ofDocuments values: [JSONValue]) -> String {
    values.map { "---\n" + text(of: $0) }.joined()
  }

  private static func mapping(_ members: [String: JSONValue], indent: Int) -> String {
    members.sorted { rank($0.key) < rank($1.key) }
      .map { key, value in "\(blanks(indent))\(word(key)):\(nested(value, indent: indent))" }
      .joined()
  }

  private static func sequence(_ elements: [JSONValue], indent: Int) -> String {
    elements.map { element in
      switch element {
      case .object(let members) where !members.isEmpty:
        // The first key stands on the line of the dash.
        "\(blanks(indent))- \(mapping(members, indent: indent + 2).dropFirst(indent + 2))"
      case .array(let inner) where !inner.isEmpty:
        "\(blanks(indent))- \(sequence(inner, indent: indent + 2).dropFirst(indent + 2))"
      default: "\(blanks(indent))- \(scalar(element, indent: indent))\n"
      }
    }.joined()
  }

  private static func nested(_ value: JSONValue, indent: Int) -> String {
    switch value {
    case .object(let members) where !members.isEmpty: "\n" + mapping(members, indent: indent + 2)
    case .array(let elements) where !elements.isEmpty: "\n" + sequence(elements, indent: indent + 2)
    default: " " + scalar(value, indent: indent) + "\n"
    }
  }

  private static func scalar(_ value: JSONValue, indent: Int) -> String {
    switch value {
    case .string(let text) where suitsBlock(text): block(text, indent: indent)
    case .string(let text): word(text)
    case .object: "{}"
    case .array: "[]"
    default: value.text()
    }
  }

  /// A text of several lines without blanks at their ends and beginnings reads best as a block.
  private static func suitsBlock(_ text: String) -> Bool {
    text.hasSuffix("\n") && text.count > 1 && !text.hasSuffix("\n\n") && !text.hasPrefix(" ") && !text.hasPrefix("\n")
      && !text.contains("\t") && text.unicodeScalars.allSatisfy { $0 == "\n" || !needsEscape($0) }
  }

  private static func block(_ text: String, indent: Int) -> String {
    let lines = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
    return "|\n" + lines.map { $0.isEmpty ? "" : blanks(indent + 2) + $0 }.joined(separator: "\n")
  }

  /// A scalar as it stands, in quotes where a YAML 1.1 reader would see anything else than this string.
  private static func word(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isASCII && ($0.isLetter || $0 == "/" || $0 == "$") } == true
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./$@+".contains($0)) }
      && !reserved.contains(text.lowercased())
    return isPlain ? text : quoted(text)
  }

  /// JSON's escapes are YAML's too; YAML needs more of them.
  private static func quoted(_ text: String) -> String {
    let json = JSONValue.string(text).text()
    guard json.unicodeScalars.contains(where: needsEscape) else { return json }
    return json.unicodeScalars.map { scalar in
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return needsEscape(scalar) ? "\\u" + String(repeating: "0", count: 4 - digits.count) + digits : String(scalar)
    }.joined()
  }

  /// Whether YAML 1.1 takes a character for a line break, or for none that may stand in a text.
  private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  private static let reserved: Set = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"]

  private static func rank(_ key: String) -> (Int, String) { (heads.firstIndex(of: key) ?? heads.count, key) }

  private static func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }
}
