/// The names DNS allows.
package enum DNSName {
  /// Whether a text is one label of RFC 1123: lower-case letters, digits and inner hyphens, 63 at most.
  package static func isLabel(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard (1...63).contains(bytes.count), bytes.first != hyphen, bytes.last != hyphen else { return false }
    return bytes.allSatisfy { $0 == hyphen || isAlphanumeric($0) }
  }

  /// Whether a text is labels joined by dots, 253 characters at most.
  package static func isName(_ text: String) -> Bool {
    text.utf8.count <= 253
      && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { isLabel(String($0)) }
  }

  /// The label somebody probably meant; nil when nothing of the text is usable.
  package static func label(near text: String) -> String? {
    let replaced = text.lowercased().map { character in
      character.utf8.count == 1 && character.utf8.allSatisfy(isAlphanumeric) ? character : "-"
    }
    var label = String(replaced.drop { $0 == "-" }.prefix(63))
    while label.hasSuffix("-") { label.removeLast() }
    return isLabel(label) ? label : nil
  }

  private static let hyphen = UInt8(ascii: "-")

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
