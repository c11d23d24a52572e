import ZeroTouchModel
package import ZeroTouchTools

/// Answers gates, once or until they open. All gates share their looks at the world: one watch for each kind and
/// place however many gates look there, and one poll for each question, a few at a time.
///
/// A source is looked at while somebody waits for it and no longer. The looks are tasks of the keeper's own, because
/// none of the waits that share one may end it; the last wait that leaves ends it and sees it gone.
package actor GateKeeper {
  struct Look {
    var report: Observations.Report = .unseen
    var waits = 0
    var task: Task<Void, Never>?
    var cache = ObjectCache()
    /// Since when the API has not let us in; nil while it does.
    var refused: Stopwatch?
  }

  struct Waiter {
    /// Each once, in the gate's order: what happens must not depend on how a set lies in memory.
    let sources: [Source]
    let signals: AsyncStream<Signal>.Continuation
    var isNotified = false
  }

  /// What wakes a waiting gate.
  enum Signal: Sendable { case changed, heartbeat, boundReached }

  nonisolated let tools: any ToolRunner
  nonisolated let clock: any Clock<Duration>
  nonisolated let pace: GatePace
  nonisolated let executor: (any TaskExecutor)?
  nonisolated let polls: Turnstile
  /// Lists have a turnstile of their own: behind the polls of many dark machines they would wait for minutes.
  nonisolated let lists: Turnstile
  private var looks: [Source: Look] = [:]
  private var waiters: [Int: Waiter] = [:]
  private var nextWaiter = 0
  private var glances: [Source: Task<Observations.Report, Never>] = [:]

  /// `executor` is where the keeper's own tasks run; the shared pool where there is none.
  package init(
    tools: any ToolRunner, clock: any Clock<Duration>, pace: GatePace = GatePace(), executor: (any TaskExecutor)? = nil
  ) {
    self.tools = tools
    self.clock = clock
    self.pace = pace
    self.executor = executor
    polls = Turnstile(width: pace.polls, executor: executor)
    lists = Turnstile(width: pace.lists, executor: executor)
  }

  /// Asks a gate once: looks at each of its sources, or takes what a running look has.
  package func ask(_ gate: Gate) async -> GateAnswer { gate.judge(await look(at: gate.sources)) }

  /// Looks at sources once, or takes what a running look has; all who look at the same time share one program.
  package func look(at sources: [Source]) async -> Observations {
    var reports: [Source: Observations.Report] = [:]
    await withTaskGroup(of: (Source, Observations.Report).self) { group in
      for source in sources.onceEach { group.addTask { (source, await self.glance(at: source)) } }
      for await (source, report) in group { reports[source] = report }
    }
    return Observations(reports)
  }

  private func glance(at source: Source) async -> Observations.Report {
    if let report = looks[source]?.report, case .objects = report { return report }
    let task = glances[source] ?? Task(executorPreference: executor) { await self.lookOnce(at: source) }
    glances[source] = task
    let report = await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    if glances[source] == task { glances[source] = nil }
    return report
  }
}

// MARK: - Looks and those who wait for them

extension GateKeeper {
  func register(_ gate: Gate) -> (id: Int, signals: AsyncStream<Signal>) {
    let (signals, continuation) = AsyncStream.makeStream(of: Signal.self)
    let id = nextWaiter
    nextWaiter += 1
    let sources = gate.sources.onceEach
    waiters[id] = Waiter(sources: sources, signals: continuation)
    for source in sources {
      looks[source, default: Look()].waits += 1
      guard looks[source]?.task == nil else { continue }
      looks[source]?.task = Task(executorPreference: executor) { await self.keepLooking(at: source) }
    }
    // A look that others started may have seen everything already, and nothing need change any more.
    if gate.sources.contains(where: hasSeen) { continuation.yield(.changed) }
    return (id, signals)
  }

  private func hasSeen(_ source: Source) -> Bool {
    if case .unseen? = looks[source]?.report { false } else { looks[source] != nil }
  }

  /// Takes a wait away, and with the last one the look; returns when the look's program has ended.
  func leave(_ id: Int) async {
    guard let waiter = waiters.removeValue(forKey: id) else { return }
    waiter.signals.finish()
    var ended: [Task<Void, Never>] = []
    for source in waiter.sources {
      looks[source]?.waits -= 1
      guard let look = looks[source], look.waits == 0 else { continue }
      looks[source] = nil
      if let task = look.task { ended.append(task) }
    }
    for task in ended { task.cancel() }
    for task in ended { await task.value }
  }

  func observations(of gate: Gate) -> Observations {
    Observations(Dictionary(gate.sources.map { ($0, looks[$0]?.report ?? .unseen) }) { first, _ in first })
  }

  /// Why a gate waits in vain: the API has refused us longer than one that is starting does; nil where it has not.
  func refusal(of gate: Gate) -> String? {
    for look in gate.sources.compactMap({ looks[$0] }) {
      guard case .refused(let words) = look.report, let since = look.refused?.elapsed, since >= ToolFailure.refusalGrace
      else { continue }
      return "the Kubernetes API has not let us in for \(since.inWords): \(words)\n  \(ToolFailure.refusalRemedy)"
    }
    return nil
  }

  /// Notes that a wait is about to look, so that the next change wakes it again.
  func takeNotice(_ id: Int) { waiters[id]?.isNotified = false }

  func signal(_ signal: Signal, to id: Int) { waiters[id]?.signals.yield(signal) }

  func note(_ report: Observations.Report, of source: Source) {
    guard looks[source] != nil, !Task.isCancelled else { return }
    looks[source]?.report = report
    noteRefusal(in: report, of: source)
    for id in waiters.keys.sorted() where waiters[id]?.sources.contains(source) == true {
      guard waiters[id]?.isNotified == false else { continue }
      waiters[id]?.isNotified = true
      waiters[id]?.signals.yield(.changed)
    }
  }

  private func noteRefusal(in report: Observations.Report, of source: Source) {
    guard case .refused = report else {
      looks[source]?.refused = nil
      return
    }
    let since = looks[source]?.refused ?? Stopwatch(clock)
    looks[source]?.refused = since
  }

  /// Changes the objects of a watched source and tells everybody who looks there.
  func update(_ source: Source, _ change: (inout ObjectCache) -> Void) {
    guard looks[source] != nil, !Task.isCancelled else { return }
    looks[source]?.report = .unseen  // leaves the cache uniquely referenced, so the change does not copy
    if var cache = looks[source]?.cache {
      looks[source]?.cache = ObjectCache()
      change(&cache)
      looks[source]?.cache = cache
      note(.objects(cache.objects), of: source)
    }
  }

  func moment(of source: Source) -> Int { looks[source]?.cache.now ?? 0 }
}

extension [Source] {
  /// The sources in their order, none of them twice.
  fileprivate var onceEach: [Source] {
    var seen: Set<Source> = []
    return filter { seen.insert($0).inserted }
  }
}
