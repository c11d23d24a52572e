/// A part of a bootstrap: it turns the spec into steps and does nothing itself.
package protocol Stage {
  /// The stage's name in ids, events, journal and docs.
  static var name: String { get }
  /// The stage's steps for one bootstrap; none where the stage does not arise.
  static func steps(of bootstrap: Bootstrap) -> [Step]
}

extension Stage {
  /// The id of the stage's one step.
  package static var id: StepID { StepID(name) }
}
