package import ZeroTouchModel
import ZeroTouchTools

/// What a probe found in the world, and what it saw there.
package struct Observation: Sendable, Hashable, CustomStringConvertible {
  package enum State: String, Sendable, Hashable, CaseIterable {
    /// The world is as the step would leave it.
    case done
    /// Nothing of it exists yet.
    case missing
    /// It exists, but not as it should.
    case different
    /// It exists and belongs to somebody else.
    case foreign
    /// Nobody answered, so nothing is known.
    case unreachable
  }

  package let state: State
  /// What was seen: lower case, no full stop.
  package let saw: String
  /// The single problems, where there can be several.
  package let problems: [Diagnostic]

  package init(_ state: State, _ saw: String, problems: [Diagnostic] = []) {
    self.state = state
    self.saw = saw
    self.problems = problems
  }

  package static func done(_ saw: String) -> Self { .init(.done, saw) }
  package static func missing(_ saw: String) -> Self { .init(.missing, saw) }
  package static func different(_ saw: String, problems: [Diagnostic] = []) -> Self {
    .init(.different, saw, problems: problems)
  }
  package static func foreign(_ saw: String) -> Self { .init(.foreign, saw) }
  package static func unreachable(_ saw: String) -> Self { .init(.unreachable, saw) }

  /// Whether the Kubernetes API was there and did not let us in, in kubectl's words.
  var isRefusal: Bool { state == .unreachable && ToolFailure(kubectl: saw).refusesCaller }

  package var description: String { saw.isEmpty ? state.rawValue : "\(state.rawValue): \(saw)" }
}
