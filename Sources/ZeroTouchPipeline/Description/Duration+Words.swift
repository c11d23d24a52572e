extension Duration {
  /// The duration as people say it: `850ms`, `42s`, `3m20s`, `1h5m`.
  package var inWords: String {
    let milliseconds = inMilliseconds
    if milliseconds < 1000 { return "\(milliseconds)ms" }
    let seconds = milliseconds / 1000
    if seconds < 10, milliseconds % 1000 >= 100 { return "\(seconds).\(milliseconds % 1000 / 100)s" }
    if seconds < 60 { return "\(seconds)s" }
    let (minutes, rest) = (seconds / 60, seconds % 60)
    if minutes < 60 { return rest == 0 ? "\(minutes)m" : "\(minutes)m\(rest)s" }
    return minutes % 60 == 0 ? "\(minutes / 60)h" : "\(minutes / 60)h\(minutes % 60)m"
  }

  /// Whole milliseconds.
  package var inMilliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }

  /// Seconds with their fraction, for JSON.
  package var inSeconds: Double { Double(inMilliseconds) / 1000 }
}
