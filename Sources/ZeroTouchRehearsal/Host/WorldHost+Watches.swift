import Foundation
import ZeroTouchWorld

/// What the host knows of an open watch.
struct WatchState {
  var stream: WatchStream
  let wake: AsyncStream<Void>.Continuation
  var wantsBookmark = false
}

extension WorldHost {
  /// A watch that lags behind by more than this is woken although nothing concerns it, or it would expire.
  private static let largestLag: UInt64 = 5_000

  /// One element after every call that may have changed something, and one at once.
  package func changes() -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    continuation.yield()
    observers.append(continuation)
    return stream
  }

  /// What a watch has to send now.
  package func events(of watch: OpenedWatch) -> WatchBatch {
    guard var state = watches[watch.id] else { return WatchBatch(lines: [], isLast: true) }
    // Taken out while it changes, so that what the stream remembers is not copied.
    watches[watch.id] = nil
    var lines = read { state.stream.next(in: $0) }
    if state.wantsBookmark, let bookmark = read({ state.stream.bookmark(in: $0) }) { lines.append(bookmark) }
    state.wantsBookmark = false
    watches[watch.id] = state
    return WatchBatch(lines: lines, isLast: state.stream.isFinished)
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

  /// Wakes the readers of those watches whose resources changed since the last time.
  func wakeWatches(of objects: ObjectStore) {
    guard objects.revision != announced else { return }
    let changed = objects.changes(after: announced).map { Set($0.lazy.map(\.key.resource)) }
    announced = objects.revision
    for state in watches.values
    where changed?.contains(state.stream.resource) ?? true || objects.revision > state.stream.revision + Self.largestLag
    {
      state.wake.yield()
    }
  }
}
