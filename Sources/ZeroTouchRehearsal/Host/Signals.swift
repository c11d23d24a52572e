/// A stream together with its sending end.
struct Signals<Element: Sendable>: Sendable {
  let stream: AsyncStream<Element>
  private let continuation: AsyncStream<Element>.Continuation

  init() { (stream, continuation) = AsyncStream.makeStream() }

  func send(_ element: Element) { continuation.yield(element) }

  func end() { continuation.finish() }
}
