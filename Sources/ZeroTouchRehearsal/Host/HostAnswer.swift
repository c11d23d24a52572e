package import ZeroTouchModel
package import ZeroTouchWorld

/// What the world's host has for whoever asked its API something.
package enum HostAnswer: Sendable {
  case reply(APIResponse.Reply)
  case watch(OpenedWatch)
  case exec(ExecOutcome)
  /// The API server does not run: the connection closes without a word.
  case closed
}

/// A watch as its reader holds it; what it has sent is the host's to know.
package struct OpenedWatch: Sendable {
  let id: Int
  package let timeoutSeconds: Int?
  package let contentType: String
  /// One element each time there may be something to send; ends with the watch.
  package let wakes: AsyncStream<Void>
  let wake: AsyncStream<Void>.Continuation

  /// Lets the reader's loop end.
  package func end() { wake.finish() }
}

/// What a watch has to send now.
package struct WatchBatch: Sendable {
  package var events: [JSONValue]
  /// Whether the world has nothing more for this watch.
  package var isLast: Bool
}
