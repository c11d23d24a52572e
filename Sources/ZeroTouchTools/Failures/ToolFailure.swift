/// What kind of refusal stands in a program's error text; exit statuses say nothing, for they are 1 for everything.
package struct ToolFailure: Sendable, Hashable, CustomStringConvertible {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Nobody answered.
    case unreachable
    /// Somebody answered, but cannot serve right now.
    case unavailable
    /// The two sides do not accept each other's certificates.
    case certificate
    case unauthorized
    case forbidden
    case notFound
    /// The API does not serve such a kind (yet).
    case noSuchKind
    case conflict
    case alreadyExists
    /// Too early; the same call may succeed later.
    case failedPrecondition
    case invalid
    case unimplemented
    case other
  }

  package let kind: Kind
  /// The program's own words, in one line and without its logging.
  package let words: String

  package init(_ kind: Kind, _ words: String) {
    self.kind = kind
    self.words = words
  }

  /// Whether time alone may help.
  package var isRetryable: Bool {
    switch kind {
    case .unreachable, .unavailable, .noSuchKind, .failedPrecondition: true
    case .certificate, .unauthorized, .forbidden, .notFound, .conflict, .alreadyExists, .invalid, .unimplemented,
      .other:
      false
    }
  }

  package var description: String { words }
}

extension ToolFailure {
  /// How long a refusal to let somebody in may be that of an API server that is starting; afterwards it is its answer.
  package static let refusalGrace: Duration = .seconds(30)

  /// What helps whoever is not let in.
  package static let refusalRemedy =
    "run the same command again: it fetches a new kubeconfig from a control plane; one that was given with "
    + "--kubeconfig has to be renewed by whoever gave it"

  /// Whether the server knows who asks and does not let them, or does not know them at all.
  package var refusesCaller: Bool { kind == .unauthorized || kind == .forbidden }
}

extension String {
  /// The text in one line: the lines that say something, joined.
  package var inOneLine: String {
    split(whereSeparator: \.isNewline).map { $0.trimmingBlanks }.filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension Substring {
  fileprivate var trimmingBlanks: Substring {
    var rest = self
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}
