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
