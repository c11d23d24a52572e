import Foundation
import NIOCore
import ZeroTouchModel
import ZeroTouchWorld

/// Streams the events of one watch for as long as the client listens and the time it asked for lasts.
struct WatchResponder {
  /// How often a client that asked for bookmarks gets one.
  private static let bookmarkInterval = Duration.seconds(30)
  /// How long a watch lasts whose client named no end.
  private static let longest = 1800

  let host: WorldHost
  let clock: any Clock<Duration>

  func stream(_ watch: OpenedWatch, _ writer: ReplyWriter, _ channel: any Channel) async throws {
    // A client that goes away ends the stream at once, even when nothing happens any more.
    channel.closeFuture.whenComplete { _ in watch.end() }
    do {
      try await writer.begin(contentType: watch.contentType)
      try await writeEvents(of: watch, writer)
      await host.close(watch)
      try await writer.end()
    } catch {
      await host.close(watch)
      throw error
    }
  }

  private func writeEvents(of watch: OpenedWatch, _ writer: ReplyWriter) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await end(watch) }
      group.addTask { await bookmark(watch) }
      defer { group.cancelAll() }
      for await _ in watch.wakes {
        let batch = await host.events(of: watch)
        if !batch.events.isEmpty { try await writer.write(chunk: batch.events.map(Self.line)) }
        if batch.isLast { break }
      }
    }
  }

  private static func line(_ event: JSONValue) -> Data { event.encoded() + [UInt8(ascii: "\n")] }

  private func end(_ watch: OpenedWatch) async {
    try? await clock.sleep(for: .seconds(watch.timeoutSeconds ?? Self.longest))
    watch.end()
  }

  private func bookmark(_ watch: OpenedWatch) async {
    while !Task.isCancelled {
      do { try await clock.sleep(for: Self.bookmarkInterval) } catch { return }
      await host.requestBookmark(of: watch)
    }
  }
}
