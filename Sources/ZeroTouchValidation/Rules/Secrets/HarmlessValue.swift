import ZeroTouchModel

/// Values that are settings by their looks: they open nothing, wherever they stand.
enum HarmlessValue {
  private static let levels: Set<String> = ["trace", "debug", "info", "warn", "warning", "error", "fatal", "panic"]
  /// Parts of the names of what opens something.
  private static let credentials = ["pass", "pw", "secret", "token", "key", "pin", "code", "cred", "otp", "salt"]

  /// Whether a text is nothing but addresses, or a number or the level of a log under a key that is no credential's.
  static func isSetting(_ text: String, under key: String) -> Bool {
    let words = text.split { $0.isWhitespace || $0 == "," || $0 == ";" }
    guard let first = words.first else { return true }
    if words.allSatisfy({ isAddress(String($0)) }) { return true }
    guard words.count == 1, !credentials.contains(where: key.contains) else { return false }
    return levels.contains(first.lowercased()) || first.allSatisfy { $0.isNumber || $0 == "." }
  }

  /// An address, a range of them, or the place of a server without anything behind it: paths may be secret.
  private static func isAddress(_ word: String) -> Bool {
    if word == "localhost" { return true }
    let range = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    if IPAddress(String(range[0])) != nil, range.count == 1 || UInt8(range[1]).map({ $0 <= 128 }) == true {
      return true
    }
    return word.wholeMatch(of: #/https?:\/\/[A-Za-z0-9.\-]+(:\d+)?\/?/#) != nil
  }
}
