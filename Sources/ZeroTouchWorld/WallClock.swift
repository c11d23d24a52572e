package import Foundation

/// How virtual time shows on the clock on the wall, which timestamps are made from.
///
/// Clients reckon ages by their own clock: stamps in virtual time would lie in their future.
struct WallClock: Sendable {
  private var origin: Date
  private var since: Duration = .zero
  private var speed = 1.0

  init(_ origin: Date) { self.origin = origin }

  /// The wall-clock time at a moment.
  func date(at moment: Duration) -> Date { origin.addingTimeInterval(((moment - since) / .seconds(1)) / speed) }

  /// From a moment on, so many seconds of virtual time pass in each second.
  mutating func change(speed: Double, at moment: Duration) {
    origin = date(at: moment)
    since = moment
    self.speed = speed
  }
}

extension World {
  /// The current time as Kubernetes writes it: RFC 3339, seconds, UTC.
  package var timestamp: String { timestamp(at: now) }

  /// A moment as Kubernetes and Talos write it.
  package func timestamp(at moment: Duration) -> String { date(at: moment).formatted(.iso8601) }

  /// The wall-clock time at a moment, in whole seconds.
  package func date(at moment: Duration) -> Date {
    Date(timeIntervalSince1970: wallClock.date(at: moment).timeIntervalSince1970.rounded(.down))
  }

  /// Says that virtual time passes faster than that of the clients.
  package mutating func pass(speed: Double) { wallClock.change(speed: speed, at: now) }
}
