/// What zerotouch exits with; the one table of exit statuses.
package enum ExitStatus: Int32, Sendable, Hashable, CaseIterable {
  case done = 0
  case runFailed = 1
  case inputWrong = 2
  case gateNotReached = 3
  case preflightFailed = 4
  case refused = 5
  case changesPending = 6
  case interrupted = 130

  /// What the status says, in words.
  package var meaning: String {
    switch self {
    case .done: "done"
    case .runFailed: "the run failed"
    case .inputWrong: "the input is wrong: usage, zerotouch.yaml, or findings"
    case .gateNotReached: "a gate was not reached"
    case .preflightFailed: "the preflight failed; nothing was touched"
    case .refused: "refused: unconfirmed destruction, or the wrong cluster"
    case .changesPending: "changes are pending (`plan --exit-code`)"
    case .interrupted: "interrupted"
    }
  }
}
