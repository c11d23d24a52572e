package import ZeroTouchModel

/// One question to the world that a bootstrap waits for: where to look, how long at most, and how to judge what is seen.
///
/// A gate is a value: it starts nothing, and its judgement is a pure function of the observations.
package struct Gate: Sendable, CustomStringConvertible {
  package let name: GateName
  /// What it is about where there are several, such as a node's name.
  package let subject: String?
  /// The state that is waited for, in words.
  package let title: String
  package let sources: [Source]
  /// How long it may stay closed.
  package var bound: Duration
  package let judge: @Sendable (Observations) -> GateAnswer

  package init(
    _ name: GateName, subject: String? = nil, title: String, sources: [Source], bound: Duration,
    judge: @escaping @Sendable (Observations) -> GateAnswer
  ) {
    self.name = name
    self.subject = subject
    self.title = title
    self.sources = sources
    self.bound = bound
    self.judge = judge
  }

  /// The name and, in parentheses, what it is about: `node-ready(worker01)`.
  package var description: String { subject.map { "\(name)(\($0))" } ?? name.rawValue }
}
