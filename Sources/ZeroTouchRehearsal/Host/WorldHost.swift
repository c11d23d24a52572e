package import ZeroTouchWorld

/// Owns the world of a rehearsal: lets time pass in it, and is the only one who may touch it.
///
/// Whoever asks finds the world as it is at that moment, because time advances before every call.
/// Between calls an alarm lets happen what is due. Nothing here waits for a socket: readers of watches
/// are only woken, and fetch what there is when they can write it.
package actor WorldHost {
  package nonisolated let endpoint: APIEndpoint
  private var world: World
  /// How many requests the Kubernetes API was asked; a watch counts once.
  private(set) var requestCount = 0
  private let time: VirtualTime
  private let errandRunner: any ErrandRunner
  var watches: [Int: WatchState] = [:]
  var watchCount = 0
  var observers: [AsyncStream<Void>.Continuation] = []
  /// The revision up to which watches were woken.
  var announced: UInt64 = 0
  private var armed: Set<Duration> = []
  private nonisolated let alarms = Signals<Duration>()
  private nonisolated let errands = Signals<Errand>()

  package init(
    _ world: World, endpoint: APIEndpoint, clock: any Clock<Duration>, speed: Double,
    errands errandRunner: any ErrandRunner
  ) {
    self.world = world
    self.world.pass(speed: speed)
    self.endpoint = endpoint
    self.errandRunner = errandRunner
    time = VirtualTime(clock, speed: speed)
  }

  /// What a kubectl needs to reach the simulated cluster.
  package nonisolated var kubeconfig: String { Kubeconfig(endpoint: endpoint).text }

  /// Keeps the world going until the task is cancelled.
  package func run() async {
    touch()
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.keepTime() }
      group.addTask { await self.runErrands() }
    }
  }

  /// Answers a request to the Kubernetes API.
  package func answer(_ request: APIRequest) -> HostAnswer {
    requestCount += 1
    catchUp()
    defer { publish() }
    guard world.isServing else { return .closed }
    switch world.handle(request) {
    case .reply(let reply): return .reply(reply)
    case .exec(let outcome): return .exec(outcome)
    case .watch(let stream): return .watch(open(stream))
    }
  }

  /// Works on the world at this moment; what came of it happens before this returns.
  package func withWorld<Value: Sendable>(_ work: @Sendable (inout World) throws -> Value) rethrows -> Value {
    catchUp()
    defer {
      world.settle()
      publish()
    }
    return try work(&world)
  }

  /// Waits until a condition holds, looking after every change; false when the task was cancelled first.
  package func wait(until holds: @Sendable (World) -> Bool) async -> Bool {
    touch()
    // Looking is no change: it must not wake those who wait, of whom this is one.
    for await _ in changes() where holds(world) { return true }
    return false
  }

  /// The same for at most an amount of virtual time.
  package nonisolated func wait(
    atMost limit: Duration, until holds: @escaping @Sendable (World) -> Bool
  ) async -> Bool {
    await withTaskGroup(of: Bool.self) { group in
      group.addTask { await self.wait(until: holds) }
      group.addTask {
        try? await self.sleep(virtual: limit)
        return false
      }
      let isMet = await group.next() ?? false
      group.cancelAll()
      return isMet
    }
  }

  /// Waits for an amount of virtual time.
  package nonisolated func sleep(virtual duration: Duration) async throws {
    try await time.sleep(until: time.now + duration)
  }

  /// The virtual time now.
  package nonisolated var now: Duration { time.now }
}

extension WorldHost {
  /// Lets the world catch up with the time, one moment after the other: watches would expire if everything
  /// that a busy second brings had to fit into what the world remembers of its changes.
  private func catchUp() {
    let now = time.now
    while let due = world.nextDue, due < now {
      world.advance(to: due)
      publish()
    }
    world.advance(to: now)
  }

  private func touch() {
    catchUp()
    publish()
  }

  /// Passes on what the world did: errands to run, an earlier alarm, and a word to those who watch.
  private func publish() {
    for errand in world.takeErrands() { errands.send(errand) }
    if let due = world.nextDue, due < (armed.min() ?? .seconds(Int64.max)) {
      armed.insert(due)
      alarms.send(due)
    }
    wakeWatches(in: world)
    observers.removeAll { if case .terminated = $0.yield() { true } else { false } }
  }

  private nonisolated func keepTime() async {
    await withDiscardingTaskGroup { group in
      for await due in alarms.stream {
        group.addTask {
          do { try await self.time.sleep(until: due) } catch { return }
          await self.alarmRang(due)
        }
      }
    }
  }

  private func alarmRang(_ due: Duration) {
    armed.remove(due)
    touch()
  }

  /// Runs errands as they come, two at a time: each starts a program, and machines have few cores.
  private nonisolated func runErrands() async {
    await withTaskGroup(of: Void.self) { group in
      var running = 0
      for await errand in errands.stream {
        if running == 2 {
          await group.next()
          running -= 1
        }
        running += 1
        group.addTask {
          let result = await self.errandRunner.perform(errand)
          await self.withWorld { $0.complete(errand.id, with: result) }
        }
      }
      group.cancelAll()
    }
  }

  /// The world for a watch that is to be read on; reading never changes it.
  func read<Value>(_ work: (World) -> Value) -> Value { work(world) }
}
