/// Why a text is not JSON, and at which byte.
package struct JSONSyntaxError: Error, Hashable, CustomStringConvertible {
  package let offset: Int
  package let reason: String
  package var description: String { "\(reason) at byte \(offset)" }
}

extension JSONValue {
  /// Reads one JSON document; nesting beyond 200 levels is refused, so that no input overflows the stack.
  package init(parsing data: some Sequence<UInt8>) throws(JSONSyntaxError) {
    let bytes = Array(data)
    self = try bytes.withUnsafeBufferPointer { (bytes) throws(JSONSyntaxError) in
      var reader = JSONReader(bytes: bytes)
      return try reader.document()
    }
  }

  package init(parsing text: String) throws(JSONSyntaxError) { try self.init(parsing: text.utf8) }
}

/// Reads JSON text; its own code because JSONSerialization merges booleans, integers and doubles on Linux.
private struct JSONReader {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  static let deepest = 200

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func document() throws(JSONSyntaxError) -> JSONValue {
    let value = try self.value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw failure("unexpected text after the document") }
    return value
  }

  private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    guard depth <= Self.deepest else { throw failure("nested deeper than \(Self.deepest) levels") }
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    default: return try number()
    }
  }

  private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    position += 1
    var members: [String: JSONValue] = [:]
    skipSpace()
    if take("}") { return .object(members) }
    repeat {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw failure("expected a member name") }
      let name = try string()
      skipSpace()
      guard take(":") else { throw failure("expected `:`") }
      members[name] = try value(depth: depth + 1)
      skipSpace()
    } while take(",")
    guard take("}") else { throw failure("expected `,` or `}`") }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    position += 1
    var elements: [JSONValue] = []
    skipSpace()
    if take("]") { return .array(elements) }
    repeat {
      elements.append(try value(depth: depth + 1))
      skipSpace()
    } while take(",")
    guard take("]") else { throw failure("expected `,` or `]`") }
    return .array(elements)
  }

  private mutating func string() throws(JSONSyntaxError) -> String {
    position += 1
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
      position += 1
    }
    if peek == UInt8(ascii: "\"") {
      defer { position += 1 }
      return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
    }
    return try escapedString(from: Array(bytes[start..<position]))
  }

  private mutating func escapedString(from prefix: [UInt8]) throws(JSONSyntaxError) -> String {
    var text = prefix
    while let byte = peek {
      position += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
      guard byte >= 0x20 else { throw failure("a control character stands in a string") }
      if byte == UInt8(ascii: "\\") { text += try escape() } else { text.append(byte) }
    }
    throw failure("the string does not end")
  }

  private mutating func escape() throws(JSONSyntaxError) -> [UInt8] {
    guard let byte = peek else { throw failure("the string does not end") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "u"): return Array(String(try unicodeScalar()).utf8)
    default: throw failure("unknown escape")
    }
  }

  private mutating func unicodeScalar() throws(JSONSyntaxError) -> Character {
    let first = try codeUnit()
    guard (0xD800..<0xDC00).contains(first) else { return Character(Unicode.Scalar(first) ?? "\u{FFFD}") }
    // Half a pair stands for nothing; what follows it is read on its own.
    let mark = position
    guard take("\\"), take("u") else { return restart(at: mark) }
    let second = try codeUnit()
    guard (0xDC00..<0xE000).contains(second) else { return restart(at: mark) }
    let combined = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
    return Character(Unicode.Scalar(combined) ?? "\u{FFFD}")
  }

  private mutating func restart(at mark: Int) -> Character {
    position = mark
    return "\u{FFFD}"
  }

  private mutating func codeUnit() throws(JSONSyntaxError) -> UInt16 {
    let end = position + 4
    guard end <= bytes.count, bytes[position] != UInt8(ascii: "+"), bytes[position] != UInt8(ascii: "-"),
      let unit = UInt16(
        String(decoding: UnsafeBufferPointer(rebasing: bytes[position..<end]), as: UTF8.self), radix: 16)
    else { throw failure("expected four hexadecimal digits") }
    position = end
    return unit
  }

  private mutating func number() throws(JSONSyntaxError) -> JSONValue {
    let start = position
    while let byte = peek, "+-.eE0123456789".utf8.contains(byte) { position += 1 }
    let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    let isPadded = digits.count > 1 && digits.first == UInt8(ascii: "0") && isDigit(digits.dropFirst().first)
    if isDigit(digits.first), !isPadded {
      if let integer = Int64(text) { return .int(integer) }
      let endsOpen = digits.last == UInt8(ascii: ".") || text.contains(".e") || text.contains(".E")
      if !endsOpen, let double = Double(text), double.isFinite { return .double(double) }
    }
    position = start
    throw failure("expected a value")
  }

  private func isDigit(_ byte: UInt8?) -> Bool {
    byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }

  private mutating func literal(_ word: String, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw failure("expected a value") }
    position += word.utf8.count
    return value
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private func failure(_ reason: String) -> JSONSyntaxError { JSONSyntaxError(offset: position, reason: reason) }
}
