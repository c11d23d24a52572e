import NIOCore
import NIOHTTP1

/// A request while it is read.
struct ReceivedRequest {
  /// The largest body that is read.
  static let largestBody = 8 << 20
  /// How much of a body that is too large is thrown away, so that the client gets to read the refusal.
  private static let largestDiscarded = 64 << 20

  let head: HTTPRequestHead
  private var body = ByteBuffer()
  private var received = 0

  init(head: HTTPRequestHead) { self.head = head }

  var bytes: ByteBufferView { body.readableBytesView }
  var isOversize: Bool { received > Self.largestBody }
  /// A client that sends far too much is hung up on, and one that asked for another protocol and did not get it:
  /// NIO's decoder reads nothing behind such a request.
  var keepsAlive: Bool {
    head.isKeepAlive && received <= Self.largestDiscarded && !head.headers.contains(name: "Upgrade")
  }

  /// Takes a piece of the body; false when reading on makes no sense.
  mutating func append(_ piece: ByteBuffer) -> Bool {
    received += piece.readableBytes
    if isOversize { body.clear() } else { body.writeImmutableBuffer(piece) }
    return received <= Self.largestDiscarded
  }
}
