/// The rules for names of objects and for labels, with the words in which the server refuses others.
enum DNSName {
  private static let label =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with "
    + "an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is "
    + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
  private static let subdomain =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and "
    + "end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
    + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
  private static let value =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and "
    + "end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is "
    + "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"

  /// What the server says of the key of a label that is none.
  static let labelKeyProblem =
    "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
    + "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
    + "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"

  /// Why a name is no DNS label.
  static func labelProblem(_ name: String) -> String? {
    if name.utf8.count > 63 { return "must be no more than 63 characters" }
    return isLabel(name[...]) ? nil : label
  }

  /// Why a name is no DNS subdomain.
  static func subdomainProblem(_ name: String) -> String? {
    if name.utf8.count > 253 { return "must be no more than 253 characters" }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.allSatisfy(isLabel) ? nil : subdomain
  }

  /// Why a text cannot be the value of a label.
  static func labelValueProblem(_ text: String) -> String? {
    if text.utf8.count > 63 { return "must be no more than 63 characters" }
    let bytes = Array(text.utf8)
    let isValid = bytes.allSatisfy { isAlphanumeric($0 | 0x20) || isAlphanumeric($0) || "-_.".utf8.contains($0) }
    let ends = [bytes.first, bytes.last].compactMap { $0 }
    return isValid && ends.allSatisfy { !"-_.".utf8.contains($0) } ? nil : value
  }

  private static func isLabel(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
