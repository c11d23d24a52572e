import Foundation

/// Takes secret values out of texts: the values themselves, their lines, and the ways they are usually encoded.
///
/// Values shorter than four bytes are left alone: replacing them would make every text unreadable.
package struct Redactor: Sendable, Hashable {
  private var forms: Set<String> = []
  private var longestFirst: [String] = []
  private static let shortest = 4
  /// What stands in the place of a secret.
  package static let mark = "<redacted>"

  package init() {}

  package init(_ secrets: some Sequence<Secret>) {
    for secret in secrets { learn(secret) }
  }

  /// Adds a value that no text may hold from now on.
  package mutating func learn(_ secret: Secret) {
    let value = secret.exposed
    forms.formUnion(Self.forms(of: value))
    for line in value.split(separator: UInt8(ascii: "\n")) { forms.formUnion(Self.forms(of: Data(line))) }
    longestFirst = forms.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
  }

  /// The text without any of the values.
  package func redact(_ text: String) -> String {
    longestFirst.reduce(text) { $0.contains($1) ? $0.replacingOccurrences(of: $1, with: Self.mark) : $0 }
  }

  private static func forms(of value: Data) -> [String] {
    guard value.count >= shortest else { return [] }
    let base64 = [value, value + [UInt8(ascii: "\n")]].map { $0.base64EncodedString() }
    let urlSafe = base64.map {
      $0.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
    }
    let unpadded = (base64 + urlSafe).map { String($0.prefix { $0 != "=" }) }
    var forms = base64 + urlSafe + unpadded
    guard let text = String(data: value, encoding: .utf8) else { return forms.filter { $0.utf8.count >= shortest } }
    forms += [text, text.trimmingCharacters(in: .whitespacesAndNewlines), jsonEscaped(text)]
    forms += encodedForms(of: text)
    return forms.filter { $0.utf8.count >= shortest }
  }

  private static func jsonEscaped(_ text: String) -> String {
    String(JSONValue.string(text).text().dropFirst().dropLast())
  }

  private static func encodedForms(of text: String) -> [String] {
    let unreserved = CharacterSet(charactersIn: "-._~").union(.alphanumerics)
    let strict = text.addingPercentEncoding(withAllowedCharacters: unreserved)
    let query = text.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed)
    return [strict, query, strict?.replacingOccurrences(of: "%20", with: "+")].compactMap { $0 }
  }
}
