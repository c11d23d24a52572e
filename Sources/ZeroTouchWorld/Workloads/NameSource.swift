/// Names and hashes in Kubernetes' alphabet, the same ones in every run.
struct NameSource: Sendable {
  private var drawn: [String: UInt64] = [:]
  private static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")

  /// The next name behind a prefix, with five characters as `generateName` adds them.
  mutating func next(_ prefix: String) -> String {
    drawn[prefix, default: 0] += 1
    var number = Self.fnv1a("\(prefix)#\(drawn[prefix] ?? 0)")
    var suffix = ""
    for _ in 0..<5 {
      suffix.append(Self.alphabet[Int(number % UInt64(Self.alphabet.count))])
      number /= UInt64(Self.alphabet.count)
    }
    return prefix + suffix
  }

  /// A short hash as it ends the name of a ReplicaSet.
  static func hash(_ text: String) -> String {
    let digits = String(fnv1a(text) & 0xFFFF_FFFF)
    return String(digits.utf8.map { alphabet[Int($0) % alphabet.count] })
  }

  static func fnv1a(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
  }
}
