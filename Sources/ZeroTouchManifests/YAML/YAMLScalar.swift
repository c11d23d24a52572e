import Foundation
import ZeroTouchModel

/// What a plain scalar means, by the YAML 1.1 rules that kubectl and helm follow.
enum YAMLScalar {
  /// A value no JSON document can hold, such as `.inf`.
  struct NotJSON: Error {}

  /// Resolves a plain scalar without a tag.
  static func resolve(_ text: String) throws(NotJSON) -> JSONValue {
    guard let first = text.utf8.first else { return .null }
    if let word = words[text] { return word }
    if isInfinite(text) { throw NotJSON() }
    let signed = first == UInt8(ascii: "+") || first == UInt8(ascii: "-") || first == UInt8(ascii: ".")
    guard signed || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return .string(text) }
    return number(text) ?? .string(text)
  }

  /// Whether a plain scalar with this text would be read as something else than this string.
  static func isAmbiguous(_ text: String) -> Bool {
    guard let value = try? resolve(text) else { return true }
    return value != .string(text) || looksLikeDate(text)
  }

  private static let words: [String: JSONValue] = {
    var words: [String: JSONValue] = ["~": .null, "null": .null, "Null": .null, "NULL": .null]
    for word in ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"] { words[word] = true }
    for word in ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"] { words[word] = false }
    return words
  }()

  private static func isInfinite(_ text: String) -> Bool {
    guard text.utf8.count <= 5 else { return false }
    let bare = text.hasPrefix("+") || text.hasPrefix("-") ? String(text.dropFirst()) : text
    return [".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"].contains(bare)
  }

  private static func looksLikeDate(_ text: String) -> Bool {
    text.utf8.count >= 8 && text.utf8.first.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } == true
      && text.firstMatch(of: #/^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}/#) != nil
  }

  static func number(_ text: String) -> JSONValue? {
    let plain = text.utf8.contains(UInt8(ascii: "_")) ? text.replacingOccurrences(of: "_", with: "") : text
    if let value = integer(plain) { return .int(value) }
    guard isDecimal(plain), let value = Double(plain.hasSuffix(".") ? plain + "0" : plain), value.isFinite else {
      return nil
    }
    // Go writes a whole float without a fraction, so the API sees an integer.
    return Int64(exactly: value).map(JSONValue.int) ?? .double(value)
  }

  private static func integer(_ text: String) -> Int64? {
    let negative = text.hasPrefix("-")
    let digits = negative || text.hasPrefix("+") ? text.dropFirst() : Substring(text)
    guard let first = digits.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return nil }
    let (body, radix) = base(of: digits)
    guard let start = body.utf8.first, start != UInt8(ascii: "-"), start != UInt8(ascii: "+") else { return nil }
    return Int64((negative ? "-" : "") + body, radix: radix)
  }

  private static func base(of digits: Substring) -> (Substring, Int) {
    guard digits.utf8.first == UInt8(ascii: "0"), digits.utf8.count > 1 else { return (digits, 10) }
    switch digits.utf8.dropFirst().first {
    case UInt8(ascii: "x"), UInt8(ascii: "X"): return (digits.dropFirst(2), 16)
    case UInt8(ascii: "o"), UInt8(ascii: "O"): return (digits.dropFirst(2), 8)
    case UInt8(ascii: "b"), UInt8(ascii: "B"): return (digits.dropFirst(2), 2)
    default: return (digits.dropFirst(), 8)
    }
  }

  /// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
  private static func isDecimal(_ text: String) -> Bool {
    var bytes = text.utf8[...]
    func isSign(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") }
    if isSign(bytes.first) { bytes = bytes.dropFirst() }
    let whole = takeDigits(&bytes)
    var fraction = 0
    if bytes.first == UInt8(ascii: ".") {
      bytes = bytes.dropFirst()
      fraction = takeDigits(&bytes)
    }
    guard whole + fraction > 0 else { return false }
    guard bytes.first == UInt8(ascii: "e") || bytes.first == UInt8(ascii: "E") else { return bytes.isEmpty }
    bytes = bytes.dropFirst()
    if isSign(bytes.first) { bytes = bytes.dropFirst() }
    return takeDigits(&bytes) > 0 && bytes.isEmpty
  }

  private static func takeDigits(_ bytes: inout Substring.UTF8View) -> Int {
    let digits = bytes.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    bytes = bytes[digits.endIndex...]
    return digits.count
  }
}
