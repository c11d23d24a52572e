/// What a scenario makes go wrong with one Application, and until when in virtual time; nil is for ever.
package enum ApplicationFault: Sendable, Hashable {
  /// Its resources are reported Degraded, with the message.
  case degraded(message: String, until: Duration?)
  /// Every sync fails with the message.
  case syncError(message: String, until: Duration?)
  /// A sync begins and does not get on.
  case hang(until: Duration?)

  /// When the fault ends by itself.
  package var end: Duration? {
    switch self {
    case .degraded(_, let until), .syncError(_, let until), .hang(let until): until
    }
  }
}
