/// What is known of a source.
package enum Sight<Value: Sendable>: Sendable {
  /// Nobody has looked yet.
  case unseen
  /// The latest look failed, so that nothing may be concluded from earlier ones.
  case failed(String)
  case seen(Value)

  /// Judges what was seen; what was not seen keeps a gate closed, and says why.
  package func judged(_ judge: (Value) -> GateAnswer) -> GateAnswer {
    switch self {
    case .unseen: .waiting("nothing was seen yet")
    case .failed(let reason): .waiting(reason)
    case .seen(let value): judge(value)
    }
  }
}

extension Sight: Equatable where Value: Equatable {}
extension Sight: Hashable where Value: Hashable {}
