import NIOCore
import NIOHTTP1
import NIOWebSocket
import Synchronization
import ZeroTouchWorld

/// What a connection speaks, known once its first request is there.
enum NegotiatedProtocol: Sendable {
  case http(NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>)
  case exec(NIOAsyncChannel<WebSocketFrame, WebSocketFrame>, ExecOutcome, stdinCloses: Bool)
}

extension APIServer {
  /// The subprotocols of `exec`, the better one first; only v5 can say that standard input ended.
  private static let subprotocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"]

  /// Prepares a new connection for HTTP, and for WebSocket where the world has a command's outcome to tell.
  func negotiate(on channel: any Channel, _ host: WorldHost) throws -> EventLoopFuture<NegotiatedProtocol> {
    let accepted = AcceptedExec()
    let upgrader = NIOTypedWebSocketServerUpgrader<NegotiatedProtocol>(
      maxFrameSize: 1 << 20,
      shouldUpgrade: { channel, head in
        channel.eventLoop.makeFutureWithTask { await self.headers(for: head, host, accepted) }
      },
      upgradePipelineHandler: { channel, _ in
        channel.eventLoop.makeCompletedFuture {
          let (outcome, stdinCloses) = accepted.value.withLock { $0 }
          return .exec(try NIOAsyncChannel(wrappingChannelSynchronously: channel), outcome, stdinCloses: stdinCloses)
        }
      })
    let configuration = NIOTypedHTTPServerUpgradeConfiguration<NegotiatedProtocol>(
      upgraders: [upgrader],
      notUpgradingCompletionHandler: { channel in
        channel.eventLoop.makeCompletedFuture { .http(try NIOAsyncChannel(wrappingChannelSynchronously: channel)) }
      })
    return try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
      configuration: .init(upgradeConfiguration: configuration))
  }

  /// Asks the world for the command's outcome; nil leaves the request to plain HTTP, which words the refusal.
  private func headers(for head: HTTPRequestHead, _ host: WorldHost, _ accepted: AcceptedExec) async -> HTTPHeaders? {
    let offered = head.headers[canonicalForm: "Sec-WebSocket-Protocol"].map(String.init)
    guard let chosen = Self.subprotocols.first(where: offered.contains),
      case .success(let target) = RequestTarget.parse(head.uri, prefix: endpoint.prefix),
      case .exec(let outcome) = await host.answer(APIRequest(head, target, body: []))
    else { return nil }
    accepted.value.withLock { $0 = (outcome, chosen == Self.subprotocols[0]) }
    return HTTPHeaders([("Sec-WebSocket-Protocol", chosen)])
  }
}

/// Carries a command's outcome from the handshake to the connection that tells it.
private final class AcceptedExec: Sendable {
  let value = Mutex<(outcome: ExecOutcome, stdinCloses: Bool)>((ExecOutcome(), false))
}
