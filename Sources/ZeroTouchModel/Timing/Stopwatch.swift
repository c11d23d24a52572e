/// The time since it was made, by a clock of any kind.
package struct Stopwatch: Sendable {
  private let read: @Sendable () -> Duration

  package init(_ clock: any Clock<Duration>) { read = Self.reading(clock) }

  package var elapsed: Duration { read() }

  private static func reading<Time: Clock>(_ clock: Time) -> @Sendable () -> Duration where Time.Duration == Duration {
    let start = clock.now
    return { start.duration(to: clock.now) }
  }
}
