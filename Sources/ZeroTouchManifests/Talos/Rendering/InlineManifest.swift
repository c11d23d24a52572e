import Foundation
package import ZeroTouchModel

/// A manifest that Talos itself applies from the configuration of the control planes.
package struct InlineManifest: Sendable, Hashable {
  package let name: String
  package let contents: String

  package init(name: String, contents: String) {
    self.name = name
    self.contents = contents
  }

  /// Why the manifest has no place in a machine configuration; nil when it has.
  ///
  /// The machine configuration can be read through Talos's API, and stands in the state of everybody who renders it.
  package var problem: Diagnostic? {
    guard Self.holdsPrivateKey(contents) else { return nil }
    return Diagnostic(
      "the inline manifest `\(name)` contains a private key",
      remedy: "leave generated certificates out of what is rendered, such as hubble.enabled: false for Cilium")
  }

  static func holdsPrivateKey(_ text: String) -> Bool {
    let bytes = Data(text.utf8)
    if bytes.range(of: Data("PRIVATE KEY-----".utf8)) != nil { return true }
    // The same in base64, as a Secret holds it: every PEM block begins with these letters.
    let beginning = Data("LS0tLS1CRUdJTi".utf8)
    var start = bytes.startIndex
    while let found = bytes.range(of: beginning, in: start..<bytes.endIndex) {
      let label = Data(base64Encoded: bytes[found.lowerBound...].prefix(40)) ?? Data()
      if label.range(of: Data("PRIVATE K".utf8)) != nil { return true }
      start = found.upperBound
    }
    return false
  }
}
