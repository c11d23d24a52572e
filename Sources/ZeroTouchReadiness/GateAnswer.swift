/// What a gate says about the world, each with what it saw.
package enum GateAnswer: Sendable, Hashable {
  /// The world is as it must be.
  case open(String)
  /// Not yet; more time may help.
  case waiting(String)
  /// More time will not help: somebody has to act.
  case blocked(String)
  /// The question does not arise here.
  case skipped(String)

  /// What was seen.
  package var reason: String {
    switch self {
    case .open(let reason), .waiting(let reason), .blocked(let reason), .skipped(let reason): reason
    }
  }

  /// Whether what needs this gate may go on.
  package var lets: Bool {
    switch self {
    case .open, .skipped: true
    case .waiting, .blocked: false
    }
  }
}
