/// Ways to spoil a text, byte by byte or line by line.
enum FuzzMutation: CaseIterable {
  case truncate, flip, insert, delete, repeatSlice, removeLine, swapLines, indent, hostileValue, hostileKey,
    duplicateLine

  func apply(to bytes: [UInt8], _ dice: inout FuzzDice) -> [UInt8] {
    guard !bytes.isEmpty else { return bytes }
    switch self {
    case .truncate: return Array(bytes.prefix(dice.below(bytes.count)))
    case .flip, .insert, .delete, .repeatSlice: return spoiled(bytes, &dice)
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
      "${X}", "${X:-${Y}}", "$(X)", "(a+)+$", "'**/**/**/**/**/**/**/**/**/**/b'", "'[!'", "'{a,b'", "'[[[[['",
      "'*?*?*?*?*?*'",
      "v", "v1", "v1.", "v1.2.3.4.5", "999999999999.99999999999", "https://", "git@", "://", "file:///", "oci://x:",
      "@", "x@sha256:",
      "ENC[AES256_GCM,data:x]", "-----BEGIN PRIVATE KEY-----", "AGE-SECRET-KEY-1", "\u{202E}x", "\u{FEFF}x", "e\u{301}",
      "🧨", "\u{E000}", "\u{2028}",
    ].map { Array($0.utf8) }
    + [Array(repeating: UInt8(ascii: "x"), count: 70_000), [0xFF, 0xFE], [0], [0xED, 0xA0, 0x80]]
}
