import Foundation

extension Data {
  /// The bytes as text.
  var text: String { String(decoding: self, as: UTF8.self) }
}
