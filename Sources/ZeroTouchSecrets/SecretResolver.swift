package import Foundation
package import ZeroTouchModel

/// Reads what references point at; the only place where a secret's value comes into being.
package struct SecretResolver: Sendable {
  private let environment: [String: String]
  private let contents: @Sendable (String) throws -> Data

  /// `environment` is zerotouch's own; `contents` reads a file by path.
  package init(environment: [String: String], contents: @escaping @Sendable (String) throws -> Data) {
    self.environment = environment
    self.contents = contents
  }

  /// The value behind a reference. The last line feed of a file is left out; a value without a byte is an error.
  package func resolve(_ reference: SecretReference) throws(SecretError) -> Secret {
    let value: Data
    switch reference {
    case .environment(let name):
      guard let text = environment[name] else { throw .notSet(reference) }
      value = Data(text.utf8)
    case .file(let path):
      do {
        value = try contents(expanded(path))
      } catch {
        throw .unreadable(reference, reason: error.localizedDescription)
      }
    }
    let trimmed = value.last == UInt8(ascii: "\n") ? value.dropLast() : value
    guard !trimmed.isEmpty else { throw .empty(reference) }
    return Secret(Data(trimmed))
  }

  /// The path with `~` made the user's home.
  package func expanded(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = environment["HOME"] else { return path }
    return home + path.dropFirst()
  }
}

/// Why a reference gives no value; the value itself never stands in it.
package enum SecretError: Error, Sendable, Hashable, CustomStringConvertible {
  case notSet(SecretReference)
  case empty(SecretReference)
  case unreadable(SecretReference, reason: String)

  package var reference: SecretReference {
    switch self {
    case .notSet(let reference), .empty(let reference), .unreadable(let reference, _): reference
    }
  }

  package var reason: String {
    switch self {
    case .notSet: "the variable is not set"
    case .empty: "it is empty"
    case .unreadable(_, let reason): reason
    }
  }

  package var description: String {
    "`\(reference)` gives no secret: \(reason)\n  set it, or change the reference in zerotouch.yaml"
  }
}
