/// Durations in words, read and written: the one place that knows how they are spelled.
extension Duration {
  /// Reads a duration as Go writes it, such as `90s`, `15m` or `1h30m`.
  package init?(words text: String) {
    var rest = text[...]
    var total = 0.0
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { ($0.isASCII && $0.isNumber) || $0 == "." }
      rest = rest[digits.endIndex...]
      let unit = rest.prefix { $0.isLetter }
      rest = rest[unit.endIndex...]
      guard digits.first != ".", digits.last != ".", let number = Double(digits), let seconds = Self.seconds(in: unit)
      else { return nil }
      total += number * seconds
    }
    // A year bounds every wait, and keeps the sum in range.
    guard total <= 31_536_000 else { return nil }
    self = .milliseconds(Int64((total * 1000).rounded()))
  }

  /// The duration as people say it, rounded down to what matters: `850ms`, `4.2s`, `42s`, `3m20s`, `1h5m`.
  package var inWords: String {
    let milliseconds = inMilliseconds
    if milliseconds < 0 { return "-\((.zero - self).inWords)" }
    let seconds = milliseconds / 1000
    if seconds >= 3600 { return Duration.seconds(seconds / 60 * 60).exactWords }
    if seconds >= 10 { return Duration.seconds(seconds).exactWords }
    if seconds >= 1, milliseconds % 1000 >= 100 { return "\(seconds).\(milliseconds % 1000 / 100)s" }
    return seconds >= 1 ? "\(seconds)s" : "\(milliseconds)ms"
  }

  /// The duration to the millisecond, as files hold it: `1h5m20s`, `1m0.25s`; reading it gives the same duration.
  package var exactWords: String {
    let milliseconds = inMilliseconds
    if milliseconds < 0 { return "-\((.zero - self).exactWords)" }
    let (minutes, rest) = (milliseconds / 60_000, milliseconds % 60_000)
    if minutes == 0, rest < 1000 { return "\(rest)ms" }
    let hours = minutes >= 60 ? "\(minutes / 60)h" : ""
    let some = minutes % 60 > 0 ? "\(minutes % 60)m" : ""
    return hours + some + (rest > 0 ? Self.seconds(ofMilliseconds: rest) : "")
  }

  /// Whole milliseconds.
  package var inMilliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }

  /// Seconds with their fraction, for JSON.
  package var inSeconds: Double { Double(inMilliseconds) / 1000 }

  private static func seconds(ofMilliseconds milliseconds: Int64) -> String {
    var fraction = String(String(1000 + milliseconds % 1000).dropFirst())
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return fraction.isEmpty ? "\(milliseconds / 1000)s" : "\(milliseconds / 1000).\(fraction)s"
  }

  private static func seconds(in unit: Substring) -> Double? {
    switch unit {
    case "h": 3600
    case "m": 60
    case "s": 1
    case "ms": 0.001
    default: nil
    }
  }
}
