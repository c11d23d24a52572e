import Foundation

/// A short number for a text, equal for equal texts (FNV-1a).
enum Fingerprint {
  static func of(_ text: String) -> UInt64 { of(Data(text.utf8)) }

  static func of(_ data: Data) -> UInt64 {
    data.withUnsafeBytes { $0.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 } }
  }
}
