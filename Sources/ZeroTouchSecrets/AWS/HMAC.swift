import ZeroTouchManifests

/// The keyed hash of RFC 2104 over SHA-256.
enum HMAC {
  /// The 32 bytes that say that whoever has the key meant the message.
  static func sum(of message: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
    var key = key.count > 64 ? bytes(SHA256.hexadecimal(of: key)) : key
    key += Array(repeating: 0, count: 64 - key.count)
    let inner = hash(key.map { $0 ^ 0x36 }, message)
    return bytes(hash(key.map { $0 ^ 0x5C }, bytes(inner)))
  }

  private static func hash(_ pad: [UInt8], _ message: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    hash.update(pad)
    hash.update(message)
    return hash.hexadecimal
  }

  private static func bytes(_ hexadecimal: String) -> [UInt8] {
    var digits = hexadecimal.utf8.makeIterator()
    var bytes: [UInt8] = []
    while let high = digits.next(), let low = digits.next() { bytes.append(value(high) << 4 | value(low)) }
    return bytes
  }

  private static func value(_ digit: UInt8) -> UInt8 { digit <= UInt8(ascii: "9") ? digit & 15 : (digit & 15) + 9 }
}
