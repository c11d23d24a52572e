/// Ways to spoil a text, byte by byte or line by line.
enum FuzzMutation: CaseIterable {
  case truncate, flip, insert, delete, repeatSlice
  case removeLine, swapLines, indent, duplicateLine, hostileValue, hostileKey, hostileScalar

  /// One of them; what leaves the text readable comes more often, since it gets further.
  static func any(_ dice: inout FuzzDice) -> FuzzMutation { dice.hits(oneIn: 2) ? .hostileScalar : dice.pick(allCases) }

  func apply(to bytes: [UInt8], _ dice: inout FuzzDice) -> [UInt8] {
    guard !bytes.isEmpty else { return bytes }
    switch self {
    case .truncate: return Array(bytes.prefix(dice.below(bytes.count)))
    case .flip, .insert, .delete, .repeatSlice: return spoiled(bytes, &dice)
    case .hostileScalar: return rescaled(bytes, &dice)
    default: return relined(bytes, &dice)
    }
  }

  private func spoiled(_ bytes: [UInt8], _ dice: inout FuzzDice) -> [UInt8] {
    var copy = bytes
    for _ in 0...dice.below(12) {
      let at = dice.below(copy.count)
      let end = min(at + dice.below(40), copy.count)
      switch self {
      case .flip where !copy.isEmpty: copy[at] = UInt8(dice.below(256))
      case .insert: copy.insert(dice.pick(Self.sharp), at: at)
      case .delete: copy.removeSubrange(min(at, end)..<end)
      default: copy.insert(contentsOf: copy[min(at, end)..<end], at: dice.below(copy.count))
      }
    }
    return copy
  }

  /// Bytes that mean something to YAML, to templates, or to nobody.
  private static let sharp: [UInt8] =
    Array("{}[]:,-?*&!|>%@`\"'#~\n\t $<>/\\.0".utf8) + [0, 0x0D, 0x7F, 0x80, 0xC3, 0xFF]

  /// Puts another value behind some colon, in a block or between braces.
  private func rescaled(_ bytes: [UInt8], _ dice: inout FuzzDice) -> [UInt8] {
    let starts = bytes.indices.dropFirst(2).filter { bytes[$0 - 1] == 32 && bytes[$0 - 2] == UInt8(ascii: ":") }
    guard !starts.isEmpty else { return bytes }
    let start = dice.pick(starts)
    let ends = Array(",}]\n".utf8)
    let end = bytes[start...].firstIndex { ends.contains($0) } ?? bytes.count
    return bytes[..<start] + dice.pick(Self.values) + bytes[end...]
  }

  private func relined(_ bytes: [UInt8], _ dice: inout FuzzDice) -> [UInt8] {
    var lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
    let at = dice.below(lines.count)
    let other = dice.below(lines.count)
    switch self {
    case .removeLine: lines.removeSubrange(at..<min(at + 1 + dice.below(3), lines.count))
    case .swapLines: lines.swapAt(at, other)
    case .duplicateLine: lines.insert(lines[at], at: other)
    case .indent: lines[at] = Array(repeating: 32, count: dice.below(9)) + lines[at].drop { $0 == 32 }
    case .hostileKey:
      lines[at] = Array(repeating: 32, count: dice.below(5)) + dice.pick(Self.values) + Array(": x".utf8)
    default:
      guard let colon = lines[at].firstIndex(of: UInt8(ascii: ":")) else { break }
      lines[at] = lines[at][...colon] + [32] + dice.pick(Self.values)
    }
    return Array(lines.joined(separator: [10]))
  }

  /// Values that somebody forgot to expect.
  private static let values: [[UInt8]] =
    [
      "9223372036854775807", "-9223372036854775808", "\"9223372036854775807\"", "\"-9223372036854775808\"",
      "99999999999999999999999", "1e999", ".inf", ".nan", "0x", "0b", "-", "", "~", "null", "true", "{}", "[]", "[[]]",
      "{a: {a: {a: 1}}}", "- x", "*a", "&a x", "&a [*a]", "<<", "!!binary ///", "!!int x", "!<tag:x> y", "|", ">-",
      "\"\\ud800\"", "\"\\0\"", "'", "\"", "../../../..", "../../../../etc/passwd", "/etc/passwd", "/dev/zero", ".",
      "..",
      "{{ . }}", "{{`{{`}}", "'{{ range $i := until 1000000000 }}x{{ end }}'", "'{{path.basename}}'",
      "'{{index .path.segments -1}}'",
      "${X}", "${X:-${Y}}", "$(X)", "(a+)+$", "'**/**/**/**/**/**/**/**/**/**/b'", "'[!'", "'[z-a]'",
      "'" + String(repeating: "{a,b}", count: 40) + "'", "'" + String(repeating: "*a", count: 40) + "b'",
      "'(x+x+)+y'", "'((((a*)*)*)*)*b'", "'(?i)'", "'a{1000}{1000}'", "'\\p{L}+'", "-1", "0", "1", "3", "[a, b, a]",
      "{x: 1}",
      "\"2147483648\"", "\"-1\"", "\"0x10\"", "2001-12-14t21:59:43.10-05:00", "1:30", "0777", "1_000", ".5", "+.5e+5",
      "'{a,b'", "'[[[[['",
      "'*?*?*?*?*?*'",
      "v", "v1", "v1.", "v1.2.3.4.5", "999999999999.99999999999", "https://", "git@", "://", "file:///", "oci://x:",
      "@", "x@sha256:",
      "ENC[AES256_GCM,data:x]", "-----BEGIN PRIVATE KEY-----", "AGE-SECRET-KEY-1", "\u{202E}x", "\u{FEFF}x", "e\u{301}",
      "🧨", "\u{E000}", "\u{2028}",
    ].map { Array($0.utf8) }
    + [Array(repeating: UInt8(ascii: "x"), count: 70_000), [0xFF, 0xFE], [0], [0xED, 0xA0, 0x80]]
}
