import Foundation

/// The texts in which a secret value may show: the value, its lines, and the ways in which both are usually encoded.
struct SecretForms {
  /// Shorter values are left alone: replacing them would make every text unreadable.
  static let shortest = 4
  /// Shorter lines of a value are left alone for the same reason.
  private static let shortestLine = 6

  private(set) var all: Set<[UInt8]> = []

  init(of value: Data) {
    guard value.count >= Self.shortest else { return }
    add(value)
    let lines = value.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    guard lines.count > 1 || lines.first?.count != value.count else { return }
    for line in lines where line.count >= Self.shortestLine && !Self.isArmor(line) { add(Data(line)) }
  }

  /// Whether a line says only that a key begins or ends; it stands in every document about keys.
  private static func isArmor(_ line: Data) -> Bool {
    line.starts(with: Data("-----BEGIN ".utf8)) || line.starts(with: Data("-----END ".utf8))
  }

  private mutating func add(_ value: Data) {
    addBase64(value)
    addHexadecimal(value)
    // What is no UTF-8 comes out of a program's output repaired.
    let text = String(decoding: value, as: UTF8.self)
    for text in Set([text, text.trimmingCharacters(in: .whitespacesAndNewlines)]) {
      add(text)
      for escaped in Self.escaped(text) + Self.percentEncoded(text) { add(escaped) }
    }
  }

  private mutating func add(_ text: String) {
    let bytes = Array(text.utf8)
    if bytes.count >= Self.shortest { all.insert(bytes) }
  }

  private mutating func addHexadecimal(_ value: Data) {
    let digits = value.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    add(digits)
    add(digits.uppercased())
  }
}

extension SecretForms {
  /// Base64 of the value alone, with a line feed behind it, and of every longer value that it is a part of.
  private mutating func addBase64(_ value: Data) {
    var encoded = [value, value + [UInt8(ascii: "\n")]].map { $0.base64EncodedString() }
    encoded += encoded.map { String($0.prefix { $0 != "=" }) }
    if value.count > Self.shortestLine { encoded += (0..<3).compactMap { Self.interior(of: value, after: $0) } }
    for text in encoded {
      add(text)
      add(text.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_"))
      add(text.replacingOccurrences(of: "/", with: "\\/"))
    }
    // A document that holds base64, such as a Secret's, in base64 itself.
    let inner = Data(encoded[0].utf8)
    for text in (0..<3).compactMap({ Self.interior(of: inner, after: $0) }) { add(text) }
  }

  /// The characters that depend on the value alone when `before` bytes stand in front of it.
  private static func interior(of value: Data, after before: Int) -> String? {
    let text = (Data(repeating: 0, count: before) + value + Data(repeating: 0, count: 2)).base64EncodedString()
    let first = (before * 8 + 5) / 6
    let last = (before + value.count) * 8 / 6
    guard last - first >= 6 else { return nil }
    return String(text.dropFirst(first).prefix(last - first))
  }
}

extension SecretForms {
  /// As JSON writes it: plainly, with slashes escaped, as Go writes it into HTML, in ASCII alone; and as shells quote.
  private static func escaped(_ text: String) -> [String] {
    let json = String(JSONValue.string(text).text().dropFirst().dropLast())
    let forHTML = json.replacingOccurrences(of: "<", with: "\\u003c").replacingOccurrences(of: ">", with: "\\u003e")
      .replacingOccurrences(of: "&", with: "\\u0026")
    let ascii = json.utf16.map { unit in
      unit < 0x80 ? String(UnicodeScalar(UInt8(unit))) : "\\u" + String(0x10000 + Int(unit), radix: 16).dropFirst()
    }.joined()
    return [
      json, json.replacingOccurrences(of: "/", with: "\\/"), forHTML, ascii,
      // A document inside of a document.
      String(JSONValue.string(json).text().dropFirst().dropLast()),
      text.replacingOccurrences(of: "'", with: "'\\''"),
    ]
  }

  private static func percentEncoded(_ text: String) -> [String] {
    let unreserved = CharacterSet(charactersIn: "-._~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    let strict = text.addingPercentEncoding(withAllowedCharacters: unreserved)
    let query = text.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed)
    let upper = [strict, query, strict?.replacingOccurrences(of: "%20", with: "+")].compactMap { $0 }
    return upper + upper.map(Self.lowered)
  }

  /// The same with lower-case digits behind the percent signs.
  private static func lowered(_ text: String) -> String {
    let parts = text.split(separator: "%", omittingEmptySubsequences: false)
    let rest = parts.dropFirst().map { $0.prefix(2).lowercased() + $0.dropFirst(2) }
    return ([String(parts[0])] + rest).joined(separator: "%")
  }
}
