import ZeroTouchModel

/// The time since a run began, by a clock of any kind.
package struct RunClock: Sendable {
  private let stopwatch: Stopwatch
  private let clock: any Clock<Duration>

  package init(_ clock: any Clock<Duration>) {
    self.clock = clock
    stopwatch = Stopwatch(clock)
  }

  package var elapsed: Duration { stopwatch.elapsed }

  package func sleep(for duration: Duration) async throws {
    if duration > .zero { try await clock.sleep(for: duration) }
  }
}
