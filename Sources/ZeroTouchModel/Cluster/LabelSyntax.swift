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
    text.wholeMatch(of: #/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?/#) != nil
  }
}
