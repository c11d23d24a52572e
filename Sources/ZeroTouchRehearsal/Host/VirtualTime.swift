/// The world's time: real time since it began, times its speed.
struct VirtualTime: Sendable {
  private let read: @Sendable () -> Duration
  private let rest: @Sendable (Duration) async throws -> Void

  init(_ clock: any Clock<Duration>, speed: Double) { self = Self.scaled(clock, speed) }

  private init<C: Clock>(_ clock: ScaledClock<C>) {
    read = { clock.now.elapsed }
    rest = { try await clock.sleep(until: .init(elapsed: $0), tolerance: nil) }
  }

  private static func scaled<C: Clock<Duration>>(_ clock: C, _ speed: Double) -> VirtualTime {
    VirtualTime(ScaledClock(clock, speed: speed))
  }

  /// Virtual time since the world began.
  var now: Duration { read() }

  /// Waits until a moment of virtual time.
  func sleep(until moment: Duration) async throws { try await rest(moment) }
}
