import NIOCore
import Synchronization

/// The connections that are open, so that a server that stops can close those that wait for a first request.
final class OpenChannels: Sendable {
  private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])

  func add(_ channel: any Channel) {
    let identity = ObjectIdentifier(channel)
    channels.withLock { $0[identity] = channel }
    channel.closeFuture.whenComplete { [self] _ in channels.withLock { _ = $0.removeValue(forKey: identity) } }
  }

  func closeAll() {
    for channel in channels.withLock({ Array($0.values) }) { channel.close(promise: nil) }
  }
}
