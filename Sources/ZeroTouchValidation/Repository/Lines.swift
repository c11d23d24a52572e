extension StringProtocol {
  /// Its lines, empty ones among them, whichever way they end. What Windows writes, `\r\n`, is one Character in Swift:
  /// whoever looks for `\n` alone finds no line in it.
  var lines: [SubSequence] {
    split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
  }
}
