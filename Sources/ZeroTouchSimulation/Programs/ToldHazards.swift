import ZeroTouchTools

/// What happens to calls because a fault wants it so, and how many it has met.
struct ToldHazards: Sendable {
  private let hazards: [CallHazard]
  private var met: [Int: Int] = [:]

  init(_ hazards: [CallHazard]) { self.hazards = hazards }

  /// What becomes of a call that is made now, in the world's time; the first hazard that fits counts it as met.
  mutating func effect(on invocation: ToolInvocation, at now: Duration) -> CallEffect? {
    for (index, hazard) in hazards.enumerated() where hazard.meets(invocation, at: now, before: met[index, default: 0])
    {
      met[index, default: 0] += 1
      return hazard.effect
    }
    return nil
  }
}
