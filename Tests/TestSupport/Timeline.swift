/// What a manual clock knows: the time, who sleeps until when, and how much work is left to do before time may move.
struct Timeline {
  struct Sleeper {
    let deadline: ManualClock.Instant
    let wake: CheckedContinuation<Void, any Error>
  }

  /// Somebody who waits until the deadlines of all sleepers are as wanted.
  struct Crowd {
    let isThere: @Sendable ([ManualClock.Instant]) -> Bool
    let continuation: CheckedContinuation<Void, Never>
  }

  var now = ManualClock.Instant(offset: .zero)
  var sleepers: [Int: Sleeper] = [:]
  /// Sleeps that were cancelled before they began.
  var cancelled: Set<Int> = []
  /// Who waits for which sleepers.
  var crowds: [Crowd] = []
  /// Who waits until nobody has anything left to do.
  var settling: [CheckedContinuation<Void, Never>] = []
  /// Jobs of the clock's executor that wait or run.
  var jobs = 0
  /// How much work runs that moves time on.
  var runs = 0
  private var lastID = 0

  mutating func newID() -> Int {
    lastID += 1
    return lastID
  }

  /// Takes away those whose time has come, earliest first.
  mutating func takeDue() -> [CheckedContinuation<Void, any Error>] {
    let due = sleepers.filter { $0.value.deadline <= now }.sorted {
      ($0.value.deadline, $0.key) < ($1.value.deadline, $1.key)
    }
    for (id, _) in due { sleepers[id] = nil }
    return due.map(\.value.wake)
  }

  /// Takes away those whose sleepers are there.
  mutating func takeCrowds() -> [CheckedContinuation<Void, Never>] {
    let deadlines = sleepers.values.map(\.deadline)
    let reached = crowds.filter { $0.isThere(deadlines) }.map(\.continuation)
    if !reached.isEmpty { crowds.removeAll { $0.isThere(deadlines) } }
    return reached
  }

  /// Whom to wake when all is quiet: those who waited for that, else those with the earliest deadline.
  mutating func moveOn() -> (settled: [CheckedContinuation<Void, Never>], woken: [CheckedContinuation<Void, any Error>])
  {
    guard jobs == 0, runs > 0 else { return ([], []) }
    if !settling.isEmpty {
      defer { settling = [] }
      return (settling, [])
    }
    guard let next = sleepers.values.map(\.deadline).min() else { return ([], []) }
    now = max(now, next)
    return ([], takeDue())
  }
}
