package import Foundation

/// A secret value: bytes that print as `<redacted>` wherever a value can be printed.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let value: Data

  package init(_ value: Data) { self.value = value }
  package init(_ value: String) { self.init(Data(value.utf8)) }

  /// The bytes themselves; only for a child's standard input or a 0600 file.
  package var exposed: Data { value }

  package var description: String { "<redacted>" }
  package var debugDescription: String { "<redacted>" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
