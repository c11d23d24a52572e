/// Where a secret is to be read from; what the spec holds instead of a value.
package enum SecretReference: Sendable, Hashable, CustomStringConvertible {
  /// `env:NAME`, a variable of zerotouch's own environment.
  case environment(String)
  /// `file:PATH`, the contents of a file.
  case file(String)

  /// Reads `env:NAME` or `file:PATH`; anything else is no reference.
  package init?(_ text: String) {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let rest = String(text[text.index(after: colon)...])
    guard !rest.isEmpty else { return nil }
    switch text[..<colon] {
    case "env": self = .environment(rest)
    case "file": self = .file(rest)
    default: return nil
    }
  }

  /// Reads a reference whose variable can be a variable's name.
  package init?(strict text: String) {
    guard let reference = SecretReference(text) else { return nil }
    if case .environment(let name) = reference {
      guard name.wholeMatch(of: #/[A-Za-z_][A-Za-z0-9_]*/#) != nil else { return nil }
    }
    self = reference
  }

  package var description: String {
    switch self {
    case .environment(let name): "env:\(name)"
    case .file(let path): "file:\(path)"
    }
  }
}
