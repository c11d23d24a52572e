/// Where in a file something stands; lines and columns count from one.
package struct SourceLocation: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let file: String
  package let line: Int
  package let column: Int

  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  package var description: String { "\(file):\(line):\(column)" }

  package static func < (left: Self, right: Self) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}

/// One problem in an input: what it is, where it stands and what to do about it.
package struct Diagnostic: Sendable, Hashable, CustomStringConvertible {
  package enum Severity: String, Sendable, Hashable { case error, warning }

  package let severity: Severity
  package let location: SourceLocation?
  /// What is wrong: lower case, names in backticks, no full stop.
  package let message: String
  /// What to do about it.
  package let remedy: String

  package init(
    _ severity: Severity = .error, at location: SourceLocation? = nil, _ message: String, remedy: String
  ) {
    self.severity = severity
    self.location = location
    self.message = message
    self.remedy = remedy
  }

  /// An error without a place in a file.
  package init(_ message: String, remedy: String) { self.init(.error, at: nil, message, remedy: remedy) }

  package var description: String {
    let place = location.map { "\($0): " } ?? ""
    return "\(place)\(severity.rawValue): \(message)\n  \(remedy)"
  }
}

/// An input that was refused, with everything that is wrong with it.
package struct InvalidInput: Error, Sendable, Hashable, CustomStringConvertible {
  package let diagnostics: [Diagnostic]

  package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  package var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
