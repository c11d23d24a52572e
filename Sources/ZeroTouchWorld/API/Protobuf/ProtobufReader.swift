/// Why bytes are no protobuf message.
struct ProtobufSyntaxError: Error {
  let reason: String
}

/// Takes the fields of a protobuf message one after the other.
struct ProtobufReader {
  /// One field as it stands on the wire.
  struct Field {
    let number: Int
    let integer: UInt64
    /// nil unless the field is length-delimited.
    let bytes: ArraySlice<UInt8>?

    var text: String { bytes.map { String(decoding: $0, as: UTF8.self) } ?? "" }
  }

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// The next field; nil at the end.
  mutating func next() throws(ProtobufSyntaxError) -> Field? {
    guard !rest.isEmpty else { return nil }
    let tag = try varint()
    guard let number = Int(exactly: tag >> 3), number > 0 else {
      throw ProtobufSyntaxError(reason: "proto: illegal tag")
    }
    switch tag & 7 {
    case 0: return Field(number: number, integer: try varint(), bytes: nil)
    case 1: return Field(number: number, integer: 0, bytes: try take(8))
    case 2: return Field(number: number, integer: 0, bytes: try take(try varint()))
    case 5: return Field(number: number, integer: 0, bytes: try take(4))
    default: throw ProtobufSyntaxError(reason: "proto: illegal wireType \(tag & 7)")
    }
  }

  private mutating func varint() throws(ProtobufSyntaxError) -> UInt64 {
    var result: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard let byte = rest.popFirst() else { throw ProtobufSyntaxError(reason: "unexpected EOF") }
      if shift < 64 { result |= UInt64(byte & 0x7f) << shift }
      if byte & 0x80 == 0 { return result }
    }
    throw ProtobufSyntaxError(reason: "proto: integer overflow")
  }

  private mutating func take(_ count: UInt64) throws(ProtobufSyntaxError) -> ArraySlice<UInt8> {
    guard count <= UInt64(rest.count) else { throw ProtobufSyntaxError(reason: "unexpected EOF") }
    defer { rest = rest.dropFirst(Int(count)) }
    return rest.prefix(Int(count))
  }
}
