import Foundation

/// Messages on a stream of bytes: four bytes of length, the highest first, then one JSON document.
struct FrameReader {
  /// The largest message; what a program pipes in has to fit.
  static let largest = 64 << 20

  private var bytes = Data()

  mutating func append(_ piece: some Sequence<UInt8>) { bytes.append(contentsOf: piece) }

  /// Takes the next whole message, if there is one.
  mutating func next<Message: Decodable>(_ type: Message.Type) throws -> Message? {
    guard bytes.count >= 4 else { return nil }
    let length = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    guard length <= Self.largest else { throw WorldError.protocolViolated("a message of \(length) bytes") }
    guard bytes.count >= 4 + length else { return nil }
    let message = bytes.dropFirst(4).prefix(length)
    bytes = Data(bytes.dropFirst(4 + length))
    do {
      return try JSONDecoder().decode(type, from: message)
    } catch {
      throw WorldError.protocolViolated("no message this version knows")
    }
  }
}

extension Data {
  /// A message as it travels.
  init(framing message: some Encodable) throws {
    let document = try JSONEncoder().encode(message)
    guard document.count <= FrameReader.largest else {
      throw WorldError.protocolViolated("a message of \(document.count) bytes")
    }
    let length = UInt32(document.count)
    self = Data([24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) }) + document
  }
}
