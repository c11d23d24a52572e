/// Forms of secrets by how they begin, so that a text is read once however many there are.
struct SecretFormIndex: Sendable, Hashable {
  /// Those of eight bytes and more, by the first eight.
  private var long: [UInt64: [[UInt8]]] = [:]
  /// The others, by the first four.
  private var short: [UInt32: [[UInt8]]] = [:]
  /// A bit for the hash of every first four bytes: nearly every place of a text is done with after one look at it.
  private var filter = [UInt64](repeating: 0, count: 1024)

  var isEmpty: Bool { long.isEmpty && short.isEmpty }

  /// Adds a form of four bytes or more.
  mutating func insert(_ form: [UInt8]) {
    form.withUnsafeBytes { bytes in
      let start = Self.four(bytes, 0)
      let bit = Self.bit(start)
      filter[bit >> 6] |= 1 << UInt64(bit & 63)
      if form.count < 8 {
        if short[start]?.contains(form) != true { short[start, default: []].append(form) }
      } else {
        let key = Self.eight(bytes, 0)
        if long[key]?.contains(form) != true { long[key, default: []].append(form) }
      }
    }
  }

  /// How many bytes of a text belong to the longest form that begins at a place; 0 where none does.
  func length(in text: UnsafeRawBufferPointer, at place: Int) -> Int {
    let left = text.count - place
    guard left >= 4 else { return 0 }
    let start = Self.four(text, place)
    let bit = Self.bit(start)
    guard filter[bit >> 6] & (1 << UInt64(bit & 63)) != 0 else { return 0 }
    let candidates = (short[start] ?? []) + (left < 8 ? [] : long[Self.eight(text, place)] ?? [])
    return candidates.reduce(0) { longest, form in
      guard form.count > longest, form.count <= left else { return longest }
      let isThere = form.withUnsafeBytes { bytes in bytes.elementsEqual(text[place..<place + form.count]) }
      return isThere ? form.count : longest
    }
  }

  private static func four(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt32 {
    bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
  }

  private static func eight(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
    bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
  }

  /// Multiplicative hashing into sixteen bits.
  private static func bit(_ start: UInt32) -> Int { Int((start &* 0x9E37_79B1) >> 16) }
}
