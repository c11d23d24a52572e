/// A text with its escapes undone, `%2F`, `\u002f` and `\n` among them, and where every byte of it stood.
struct UnescapedText {
  private(set) var bytes: [UInt8] = []
  private(set) var places: [Range<Int>] = []

  /// Nil where nothing is escaped.
  init?(_ text: UnsafeRawBufferPointer) {
    guard text.contains(where: { $0 == Self.percent || $0 == Self.backslash }) else { return nil }
    var place = 0
    while place < text.count {
      let (escaped, length) = Self.escape(in: text, at: place) ?? ([text[place]], 1)
      bytes += escaped
      places += escaped.map { _ in place..<place + length }
      place += length
    }
  }

  /// What an escape stands for, and how long it is; nil where there is none.
  private static func escape(in text: UnsafeRawBufferPointer, at place: Int) -> (bytes: [UInt8], length: Int)? {
    if text[place] == percent { return number(in: text, at: place + 1, digits: 2).map { ([UInt8($0)], 3) } }
    guard text[place] == backslash, place + 1 < text.count else { return nil }
    if let byte = letters[text[place + 1]] { return ([byte], 2) }
    guard text[place + 1] == UInt8(ascii: "u"), let first = number(in: text, at: place + 2, digits: 4) else {
      return nil
    }
    if let scalar = Unicode.Scalar(first) { return (Array(String(scalar).utf8), 6) }
    // Two halves of one character.
    guard first < 0xDC00, place + 7 < text.count, text[place + 6] == backslash, text[place + 7] == UInt8(ascii: "u"),
      let second = number(in: text, at: place + 8, digits: 4), (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { return nil }
    return (Array(String(scalar).utf8), 12)
  }

  private static func number(in text: UnsafeRawBufferPointer, at place: Int, digits: Int) -> UInt32? {
    guard place + digits <= text.count else { return nil }
    var number: UInt32 = 0
    for byte in text[place..<place + digits] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      number = number << 4 | UInt32(digit)
    }
    return number
  }

  private static let percent = UInt8(ascii: "%")
  private static let backslash = UInt8(ascii: "\\")
  private static let letters: [UInt8: UInt8] = [
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "b"): 0x08,
    UInt8(ascii: "f"): 0x0C, UInt8(ascii: "\""): 0x22, UInt8(ascii: "'"): 0x27, UInt8(ascii: "/"): 0x2F,
    UInt8(ascii: "\\"): 0x5C,
  ]
}
