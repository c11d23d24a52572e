package import ZeroTouchModel

/// What a step takes in the real world: declared durations, one after the other.
package struct ExpectedDuration: Sendable, Hashable {
  package struct Part: Sendable, Hashable {
    package let what: RealWorld
    package let times: Int
  }

  package private(set) var parts: [Part]

  package init(_ durations: RealWorld...) { parts = durations.map { Part(what: $0, times: 1) } }

  /// The same with a duration that is met several times.
  package func adding(_ what: RealWorld, times: Int = 1) -> Self {
    var copy = self
    copy.parts.append(Part(what: what, times: times))
    return copy
  }

  /// The sum of two expectations, one after the other.
  package static func + (left: Self, right: Self) -> Self {
    var sum = left
    sum.parts += right.parts
    return sum
  }

  package var typical: Duration { parts.reduce(.zero) { $0 + $1.what.declared.typical * $1.times } }
  package var pessimistic: Duration { parts.reduce(.zero) { $0 + $1.what.declared.pessimistic * $1.times } }

  /// The part that programs on the laptop take.
  package var local: Duration {
    parts.filter { $0.what == .localTool }.reduce(.zero) { $0 + $1.what.declared.typical * $1.times }
  }

  /// Whether every figure in it has a source.
  package var isSourced: Bool { parts.allSatisfy { $0.what.declared.source != .unverified } }
}
