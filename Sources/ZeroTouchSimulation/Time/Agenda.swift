import ZeroTouchPipeline

/// What a seeded clock knows: the time, who sleeps until when, which jobs are ready, and the dice that choose among them.
struct Agenda {
  typealias Wake = CheckedContinuation<Void, any Error>

  enum Next {
    case run(UnownedJob)
    case wake([Wake])
    /// Somebody outside is still busy.
    case await
    case end(SeededClock.Ending)
  }

  private(set) var now: Duration = .zero
  var holds = 0
  /// Whether the work is done.
  var isOver = false
  private var jobs: [UnownedJob] = []
  private var sleepers: [Int: (deadline: Duration, wake: Wake)] = [:]
  private var cancelled: Set<Int> = []
  private var isAwaiting = false
  private var lastID = 0
  private var dice: SeededGenerator

  init(seed: UInt64) { dice = SeededGenerator(seed: seed) }

  mutating func skip(_ duration: Duration) { now += duration }

  mutating func newID() -> Int {
    lastID += 1
    return lastID
  }

  /// Takes a job; true when somebody waits for one.
  mutating func add(_ job: UnownedJob) -> Bool {
    jobs.append(job)
    defer { isAwaiting = false }
    return isAwaiting
  }

  mutating func release() -> Bool {
    holds -= 1
    defer { isAwaiting = false }
    return isAwaiting
  }

  /// Puts a sleeper to bed; the answer where there is one at once.
  mutating func sleep(
    _ id: Int, until deadline: Duration, isCancelled: Bool, _ wake: Wake
  ) -> Result<Void, any Error>? {
    if cancelled.remove(id) != nil || isCancelled { return .failure(CancellationError()) }
    if deadline <= now { return .success(()) }
    sleepers[id] = (deadline, wake)
    return nil
  }

  mutating func cancel(_ id: Int) -> Wake? {
    let sleeper = sleepers.removeValue(forKey: id)
    if sleeper == nil { cancelled.insert(id) }
    return sleeper?.wake
  }

  mutating func next(until limit: Duration) -> Next {
    if !jobs.isEmpty {
      let index = jobs.count == 1 ? 0 : Int.random(in: 0..<jobs.count, using: &dice)
      jobs.swapAt(index, jobs.count - 1)
      return .run(jobs.removeLast())
    }
    if holds > 0 {
      isAwaiting = true
      return .await
    }
    if isOver { return .end(.done) }
    guard let earliest = sleepers.values.lazy.map(\.deadline).min() else { return .end(.stalled(at: now)) }
    guard earliest <= limit else { return .end(.overdue(earliest)) }
    now = max(now, earliest)
    let due = sleepers.filter { $0.value.deadline <= now }.sorted { $0.key < $1.key }
    for (id, _) in due { sleepers[id] = nil }
    return .wake(due.map(\.value.wake))
  }
}
