/// The addresses under which Git finds a repository on another machine.
package enum GitURL {
  /// Whether a text is an `https://`, `ssh://` or `user@host:path` address, without a password in it.
  package static func isRemote(_ text: String) -> Bool {
    guard !text.contains(where: \.isWhitespace) else { return false }
    if let rest = text.dropping("https://") { return isHostAndPath(rest, separator: "/") && !hasPassword(rest) }
    if let rest = text.dropping("ssh://") { return isHostAndPath(rest, separator: "/") && !hasPassword(rest) }
    guard let at = text.firstIndex(of: "@"), at != text.startIndex, !text.contains("://") else { return false }
    return isHostAndPath(text[text.index(after: at)...], separator: ":")
  }

  private static func isHostAndPath(_ text: Substring, separator: Character) -> Bool {
    guard let end = text.firstIndex(of: separator) else { return false }
    return end != text.startIndex && text.index(after: end) != text.endIndex
  }

  private static func hasPassword(_ text: Substring) -> Bool {
    let authority = text.prefix { $0 != "/" }
    guard let at = authority.lastIndex(of: "@") else { return false }
    return authority[..<at].contains(":")
  }
}

extension String {
  fileprivate func dropping(_ prefix: String) -> Substring? { hasPrefix(prefix) ? dropFirst(prefix.count) : nil }
}
