import ZeroTouchModel

/// What a TCP port is, seen from this laptop.
package enum PortState: Sendable, Hashable {
  /// Something listens.
  case open
  /// The machine answers that nothing listens.
  case closed
  /// Nothing answers at all: packets are dropped, or there is no machine.
  case filtered
  /// The network knows no way.
  case unreachable(String)
  /// It could not be tried.
  case untried(String)

  /// Reads the answer to `SSH.knock`.
  package init(_ answer: Result<ToolOutput, ToolError>) {
    switch answer {
    // Connecting has a shorter bound of its own; whether it was reached at all, nobody can tell any more.
    case .failure(.timedOut(_, let bound)): self = .untried("ssh did not end within \(bound.inWords)")
    case .failure(let error): self = .untried(error.description.split(separator: "\n").first.map(String.init) ?? "")
    case .success(let output): self = Self.reading(output)
    }
  }

  /// The state in one word.
  package var word: String {
    switch self {
    case .open: "open"
    case .closed: "closed"
    case .filtered: "filtered"
    case .unreachable: "unreachable"
    case .untried: "untried"
    }
  }

  /// Whether nothing of the machine was heard through this port.
  package var isSilence: Bool {
    switch self {
    case .filtered, .unreachable: true
    case .open, .closed, .untried: false
    }
  }

  private static func reading(_ output: ToolOutput) -> PortState {
    let said = output.errorText.inOneLine
    if output.status == 0 { return .open }
    if let refused = said.firstMatch(of: /connect to host [^ ]+ port [0-9]+: (.+)/) {
      return refusal(String(refused.1))
    }
    return connectedWords.contains { said.contains($0) } ? .open : .untried(said)
  }

  /// What the system said when the connection was to be made.
  private static func refusal(_ reason: String) -> PortState {
    if reason.hasPrefix("Connection refused") { return .closed }
    return reason.contains("timed out") ? .filtered : .unreachable(reason)
  }

  /// What ssh says once it is connected to something, be it a server of its own kind or not.
  private static let connectedWords = [
    "kex_exchange_identification", "banner exchange", "Permission denied", "Connection closed by",
    "Connection reset by", "no matching", "Bad packet length", "Host key verification failed",
    "Too many authentication failures",
  ]
}
