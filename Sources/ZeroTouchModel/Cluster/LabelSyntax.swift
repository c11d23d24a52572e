/// What Kubernetes takes for the keys of labels and annotations, and for the values of labels.
package enum LabelSyntax {
  /// `name`, or `domain/name`; the name has 63 characters at most, the domain is one of DNS.
  package static func isKey(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let name = parts.last, parts.count <= 2, !name.isEmpty, isName(name) else { return false }
    return parts.count == 1 || DNSName.isName(parts[0])
  }

  /// A value may be empty.
  package static func isValue(_ text: String) -> Bool { text.isEmpty || isName(text) }

  private static func isName(_ text: String) -> Bool {
    let bytes = text.utf8
    guard bytes.count <= 63, let first = bytes.first, let last = bytes.last else { return false }
    return isLetterOrDigit(first) && isLetterOrDigit(last)
      && bytes.allSatisfy { isLetterOrDigit($0) || "-_.".utf8.contains($0) }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
