/// An IPv4 or IPv6 address in its numeric form.
package struct IPAddress: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// 4 bytes or 16, most significant first.
  package let bytes: [UInt8]

  package var isIPv6: Bool { bytes.count == 16 }

  /// An address of 4 or 16 bytes, most significant first.
  package init(bytes: [UInt8]) { self.bytes = bytes }

  /// The address that follows; behind the highest comes zero.
  package var next: IPAddress {
    var bytes = bytes
    for index in bytes.indices.reversed() {
      bytes[index] &+= 1
      if bytes[index] != 0 { break }
    }
    return IPAddress(bytes: bytes)
  }

  /// Reads dotted decimal or colon-hexadecimal notation; nil when the text is neither.
  package init?(_ text: String) {
    guard let bytes = text.contains(":") ? Self.version6(text) : Self.version4(text) else { return nil }
    self.bytes = bytes
  }

  private static func version4(_ text: String) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    let bytes = parts.compactMap { part -> UInt8? in
      guard part.allSatisfy({ $0.isASCII && $0.isNumber }), part == "0" || !part.hasPrefix("0") else { return nil }
      return UInt8(part)
    }
    return bytes.count == 4 ? bytes : nil
  }

  private static func version6(_ text: String) -> [UInt8]? {
    let halves = text.components(around: "::")
    guard halves.count <= 2 else { return nil }
    let groups = halves.map { half in half.isEmpty ? [] : half.split(separator: ":", omittingEmptySubsequences: false) }
    let words = groups.map { $0.map { $0.count <= 4 && $0.first != "+" ? UInt16($0, radix: 16) : nil } }
    guard words.allSatisfy({ !$0.contains(nil) }) else { return nil }
    let count = words.reduce(0) { $0 + $1.count }
    guard halves.count == 1 ? count == 8 : count < 8 else { return nil }
    let zeros = Array(repeating: UInt16(0), count: 8 - count)
    let all =
      words.count == 1 ? words[0].compactMap(\.self) : words[0].compactMap(\.self) + zeros + words[1].compactMap(\.self)
    return all.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
  }

  package var description: String {
    guard isIPv6 else { return bytes.map(String.init).joined(separator: ".") }
    let words = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    return Self.compressed(words)
  }

  /// The canonical text of RFC 5952: the longest run of zeros becomes `::`.
  private static func compressed(_ words: [UInt16]) -> String {
    var best = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, words[end] == 0 { end += 1 }
      if end - start > max(best.count, 1) { best = start..<end }
      start = max(end, start + 1)
    }
    let hex = words.map { String($0, radix: 16) }
    guard !best.isEmpty else { return hex.joined(separator: ":") }
    return hex[..<best.lowerBound].joined(separator: ":") + "::" + hex[best.upperBound...].joined(separator: ":")
  }

  package static func < (left: Self, right: Self) -> Bool {
    left.bytes.count == right.bytes.count
      ? left.bytes.lexicographicallyPrecedes(right.bytes) : left.bytes.count < right.bytes.count
  }
}

extension String {
  fileprivate func components(around separator: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(rest[..<range.lowerBound])
      rest = rest[range.upperBound...]
    }
    return parts + [rest]
  }
}
