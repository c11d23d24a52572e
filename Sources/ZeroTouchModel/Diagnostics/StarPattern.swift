/// A pattern in which `*` stands for any characters, or none; everything else stands for itself.
package struct StarPattern: Sendable, Hashable {
  private let pieces: [String]

  package init(_ pattern: some StringProtocol) {
    pieces = String(pattern).split(separator: "*" as Character, omittingEmptySubsequences: false).map(String.init)
  }

  /// Whether the pieces between the stars stand in the text in their order, the outer ones at its ends.
  package func matches(_ text: some StringProtocol) -> Bool {
    guard pieces.count > 1, let first = pieces.first, let last = pieces.last else { return pieces == [String(text)] }
    guard text.hasPrefix(first), text.hasSuffix(last), text.count >= first.count + last.count else { return false }
    var rest = text.dropFirst(first.count).dropLast(last.count)
    for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
      guard let range = rest.firstRange(of: piece) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}
