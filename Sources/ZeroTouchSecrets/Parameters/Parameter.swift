import Foundation
package import ZeroTouchModel

/// A parameter as it is wanted in the store.
package struct Parameter: Sendable, Hashable {
  package let name: ParameterName
  /// The bytes that whoever reads it is to get.
  package let value: Secret
  /// Where it is written.
  package let location: SourceLocation

  /// The most bytes of a standard parameter, and of an advanced one, which is paid for.
  package static let standardSize = 4096
  package static let advancedSize = 8192

  /// The text that the store keeps, which is UTF-8 alone.
  var stored: String { text ?? value.exposed.base64EncodedString() }

  /// Whether the bytes are no text, so that the store holds them in base64.
  package var isEncoded: Bool { text == nil }

  /// Whether it is too large for a standard parameter.
  package var isAdvanced: Bool { stored.utf8.count > Self.standardSize }

  /// What keeps it from being stored; never with the value.
  package var problem: Diagnostic? {
    let size = stored.utf8.count
    if size == 0 {
      return Diagnostic(
        at: location, "`\(name)` is empty, and Parameter Store keeps no empty values",
        remedy: "give it a value, or take it out of the file")
    }
    guard size > Self.advancedSize else { return nil }
    let encoded = isEncoded ? " in base64" : ""
    return Diagnostic(
      at: location, "`\(name)` has \(size) bytes\(encoded), and Parameter Store keeps at most \(Self.advancedSize)",
      remedy: "split it, or keep it in AWS Secrets Manager, which takes 64 KB")
  }

  private var text: String? {
    let text = String(decoding: value.exposed, as: UTF8.self)
    return text.utf8.elementsEqual(value.exposed) ? text : nil
  }
}
