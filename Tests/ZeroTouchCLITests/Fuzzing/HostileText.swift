/// Whole files that ask for too much.
enum HostileText {
  static func bytes(_ dice: inout FuzzDice) -> [UInt8] {
    switch dice.below(3) {
    case 0: return (0..<dice.below(5000)).map { _ in UInt8(dice.below(256)) }
    case 1: return (0..<dice.below(3000)).map { _ in dice.pick(Array("{}[]:,-?*&!|>\n\n   a\"'".utf8)) }
    default: return Array(dice.pick(texts)().utf8)
    }
  }

  private static func many(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

  private static let texts: [@Sendable () -> String] = [
    { many(20_000, "[") }, { many(3_000, "{a: ") }, { many(900, "- ") + "x" }, { many(300, "[") + many(300, "]") },
    { (0..<400).map { many($0, " ") + "a:" }.joined(separator: "\n") + " x" },
    { "a: " + many(2_000_000, "x") }, { "a: |\n" + many(40_000, "  line of a block\n") }, { many(20_000, "---\n") },
    { many(5_000, "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n") },
    { (0..<20_000).map { "key\($0): x" }.joined(separator: "\n") }, { many(200, "same: x\n") },
    {
      "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
        + (1...12).map { "b\($0): &\(($0 == 1 ? "b1" : "b\($0)")) [\(many(9, "*\($0 == 1 ? "a" : "b\($0 - 1)"),"))x]" }
        .joined(separator: "\n")
    },
    { "a: &a {<<: *a}\n" }, { "a: &a [*a]\n" }, { "a: &a\n  <<: [*a, *a]\nb: {<<: [*a, *a, x]}\n" },
    { (0..<5_000).map { "- &a\($0) x" }.joined(separator: "\n") }, { many(5_000, "- *a\n") }, { "\u{FEFF}a: x\n" },
    { "a: x\r\nb: y\r\n\r\n---\r\n" }, { "a:\u{2028}  b: x\u{85}c: y\n" }, { "\t\ta:\tx\n" },
    { "? {a: x}\n: y\n? [a]\n: z\n" },
    { String(String.UnicodeScalarView((0xE000...0xF8FF).compactMap(Unicode.Scalar.init))) + "\na: x\na: y\n" },
    { "apiVersion: argoproj.io/v1alpha1\nkind: " + many(100_000, "A") }, { "%YAML 9.9\n--- x\n" },
    { "%TAG ! " + many(9_000, "x") },
    {
      "kind: List\napiVersion: v1\nitems:\n"
        + (0..<90).map {
          many($0 * 2, " ") + "- kind: List\n\(many($0 * 2, " "))  apiVersion: v1\n\(many($0 * 2, " "))  items:"
        }.joined(separator: "\n")
    },
    { "# zerotouch:accept " + many(30_000, "ZT1,") + "\na: x # zerotouch:accept\n# zerotouch:accept ZT101\n" },
    { "{\"apiVersion\": \"v1\", \"kind\": \"x\", " + many(2_000, "\"a\": {") }, { "" }, { "\n" }, { "---" }, { "..." },
    { "#" }, { "\0" },
  ]
}
