import ZeroTouchModel

/// Why a gate stayed closed; each case carries what was last seen.
package enum GateError: Error, Sendable, Hashable, CustomStringConvertible {
  case timedOut(gate: String, after: Duration, last: String)
  case blocked(gate: String, reason: String)
  case cancelled(gate: String, last: String)

  package var description: String {
    switch self {
    case .timedOut(let gate, let after, let last):
      "gate `\(gate)` stayed closed for \(after.inWords): \(last)"
    case .blocked(let gate, let reason): "gate `\(gate)` cannot open: \(reason)"
    case .cancelled(let gate, let last): "the wait for gate `\(gate)` was cancelled: \(last)"
    }
  }

  /// What was last seen.
  package var reason: String {
    switch self {
    case .timedOut(_, _, let last), .cancelled(_, let last): last
    case .blocked(_, let reason): reason
    }
  }
}
