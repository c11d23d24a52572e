/// The time since a run began, by a clock of any kind.
package struct RunClock: Sendable {
  private let read: @Sendable () -> Duration
  private let clock: any Clock<Duration>

  package init(_ clock: any Clock<Duration>) {
    self.clock = clock
    read = Self.reading(clock)
  }

  package var elapsed: Duration { read() }

  package func sleep(for duration: Duration) async throws {
    if duration > .zero { try await clock.sleep(for: duration) }
  }

  private static func reading<Time: Clock>(_ clock: Time) -> @Sendable () -> Duration where Time.Duration == Duration {
    let start = clock.now
    return { start.duration(to: clock.now) }
  }
}
