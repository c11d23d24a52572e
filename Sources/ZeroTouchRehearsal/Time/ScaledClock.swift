/// A clock that runs faster than the one it is made from: what waits on it waits in virtual time.
package struct ScaledClock<Base: Clock>: Clock where Base.Duration == Duration {
  /// A moment, as virtual time since the clock was made.
  package struct Instant: InstantProtocol {
    package var elapsed: Duration

    package func advanced(by duration: Duration) -> Instant { Instant(elapsed: elapsed + duration) }
    package func duration(to other: Instant) -> Duration { other.elapsed - elapsed }
    package static func < (left: Instant, right: Instant) -> Bool { left.elapsed < right.elapsed }
  }

  private let base: Base
  private let origin: Base.Instant
  private let speed: Double

  /// Makes a clock on which `speed` seconds pass in each second of `base`.
  package init(_ base: Base, speed: Double) {
    self.base = base
    self.origin = base.now
    self.speed = speed
  }

  package var now: Instant { Instant(elapsed: origin.duration(to: base.now) * speed) }
  package var minimumResolution: Duration { base.minimumResolution * speed }

  package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    try await base.sleep(until: origin.advanced(by: deadline.elapsed / speed), tolerance: tolerance.map { $0 / speed })
  }
}
