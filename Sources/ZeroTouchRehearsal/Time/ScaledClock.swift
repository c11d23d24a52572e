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

  package var now: Instant {
    let elapsed = origin.duration(to: base.now)
    // At one second a second nothing is rounded: a sleeper woken a moment too early would be put to bed for ever.
    return Instant(elapsed: speed == 1 ? elapsed : elapsed * speed)
  }
  package var minimumResolution: Duration { base.minimumResolution * speed }

  package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    try await base.sleep(
      until: origin.advanced(by: speed == 1 ? deadline.elapsed : deadline.elapsed / speed),
      tolerance: tolerance.map { $0 / speed })
  }
}

extension Clock where Duration == Swift.Duration {
  /// A clock on which `speed` seconds pass in each second of this one.
  func running(at speed: Double) -> any Clock<Swift.Duration> { ScaledClock(self, speed: speed) }
}
