/// What an object cannot do without.
package struct Need: Sendable, Hashable {
  package enum Strength: Sendable, Hashable {
    /// Without it the API server refuses the object: the sync fails and has to be tried again.
    case toApply
    /// It is looked for once, when a program starts: what comes afterwards is never seen.
    case toStart
    /// Without it the object is accepted and does not become healthy.
    case toBecomeHealthy
    /// Without it the object is healthy, and whoever uses what it offers waits.
    case toBeOfUse
  }

  package let capability: Capability
  package let strength: Strength
  /// Where the object says so.
  package let path: [String]

  init(_ capability: Capability, _ strength: Strength = .toBecomeHealthy, at path: [String]) {
    self.capability = capability
    self.strength = strength
    self.path = path
  }
}
