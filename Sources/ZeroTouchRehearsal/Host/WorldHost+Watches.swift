import ZeroTouchModel
import ZeroTouchWorld

/// What the host knows of an open watch.
struct WatchState {
  var stream: WatchStream
  let wake: AsyncStream<Void>.Continuation
  var wantsBookmark = false
  /// Events fetched for a reader that is behind.
  var pending: [JSONValue] = []
}

extension WorldHost {
  /// For a reader that is behind by more than this many changes they are fetched, before the world forgets them.
  private static let largestLag: UInt64 = 1_000
  /// How many events are kept for a reader that does not read; then its watch expires, as a real server's does.
  private static let mostPending = 10_000

  /// One element after every call that may have changed something, and one at once.
  package func changes() -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    continuation.yield()
    observers.append(continuation)
    return stream
  }

  /// What a watch has to send now.
  package func events(of watch: OpenedWatch) -> WatchBatch {
    guard var state = watches[watch.id] else { return WatchBatch(events: [], isLast: true) }
    // Taken out while it changes, so that what the stream remembers is not copied.
    watches[watch.id] = nil
    var events = state.pending + read { state.stream.next(in: $0) }
    state.pending = []
    if state.wantsBookmark, let bookmark = read({ state.stream.bookmark(in: $0) }) { events.append(bookmark) }
    state.wantsBookmark = false
    watches[watch.id] = state
    return WatchBatch(events: events, isLast: state.stream.isFinished)
  }

  /// Has a bookmark sent with the next events, if the client asked for bookmarks.
  package func requestBookmark(of watch: OpenedWatch) {
    watches[watch.id]?.wantsBookmark = true
    watch.wake.yield()
  }

  /// Forgets a watch.
  package func close(_ watch: OpenedWatch) {
    watches[watch.id] = nil
    watch.end()
  }

  func open(_ stream: WatchStream) -> OpenedWatch {
    let (wakes, wake) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    wake.yield()
    watchCount += 1
    watches[watchCount] = WatchState(stream: stream, wake: wake)
    return OpenedWatch(
      id: watchCount, timeoutSeconds: stream.timeoutSeconds, contentType: "application/json", wakes: wakes,
      wake: wake)
  }

  /// Wakes the readers of those watches whose resources changed since the last time, or ends them.
  func wakeWatches(in world: World) {
    // An API server that stops takes its streams with it.
    if !world.isServing { for (_, state) in watches.sorted(by: { $0.key < $1.key }) { state.wake.finish() } }
    let revision = world.objects.revision
    guard revision != announced else { return }
    let changed = world.objects.changes(after: announced).map { Set($0.lazy.map(\.key.resource)) }
    announced = revision
    for (id, state) in watches.sorted(by: { $0.key < $1.key }) {
      if revision > state.stream.revision + Self.largestLag { fetch(id, in: world) }
      if changed?.contains(state.stream.resource) ?? true { state.wake.yield() }
    }
  }

  /// Fetches what a watch has to send for when its reader comes; what does not concern it is passed over.
  private func fetch(_ id: Int, in world: World) {
    guard var state = watches[id], state.pending.count < Self.mostPending else { return }
    watches[id] = nil
    state.pending += state.stream.next(in: world)
    watches[id] = state
  }
}
