import NIOCore
import NIOHTTP1
import NIOWebSocket
import Synchronization
import ZeroTouchWorld

/// What a connection speaks, known once its first request is there.
enum NegotiatedProtocol: Sendable {
  case http(NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>)
  case exec(NIOAsyncChannel<WebSocketFrame, WebSocketFrame>, ExecOutcome, ExecHandshake)
}

extension APIServer {
  /// Prepares a new connection for HTTP, and for WebSocket where the world has a command's outcome to tell.
  func negotiate(on channel: any Channel, _ host: WorldHost) throws -> EventLoopFuture<NegotiatedProtocol> {
    let accepted = AcceptedExec()
    let upgrader = NIOTypedWebSocketServerUpgrader<NegotiatedProtocol>(
      maxFrameSize: 1 << 20,
      shouldUpgrade: { channel, head in
        channel.eventLoop.makeFutureWithTask { await self.headers(for: head, host, accepted) }
      },
      upgradePipelineHandler: { channel, _ in
        channel.eventLoop.makeCompletedFuture(withResultOf: { try accepted.speak(on: channel) })
      })
    let encoder = HTTPResponseEncoder()
    let decoder = ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes))
    let handlers: [any RemovableChannelHandler] = [
      decoder, HTTPServerPipelineHandler(), HTTPServerProtocolErrorHandler(),
    ]
    let decision = channel.eventLoop.makePromise(of: NegotiatedProtocol.self)
    let gate = ProtocolGate(upgrader, encoder: encoder, handlers: handlers, decision: decision)
    try channel.pipeline.syncOperations.addHandlers([encoder] + handlers + [gate])
    return decision.futureResult
  }

  /// Asks the world for the command's outcome; nil leaves the request to plain HTTP, which words the refusal.
  private func headers(for head: HTTPRequestHead, _ host: WorldHost, _ accepted: AcceptedExec) async -> HTTPHeaders? {
    guard case .success(let target) = RequestTarget.parse(head.uri, prefix: endpoint.prefix) else { return nil }
    let request = APIRequest(head, target, body: [])
    let hasInput = ["true", "1"].contains(request.first("stdin"))
    guard let handshake = ExecHandshake(head.headers, hasInput: hasInput),
      case .exec(let outcome) = await host.answer(request)
    else { return nil }
    accepted.agreed.withLock { $0 = .init(outcome: outcome, handshake: handshake) }
    return HTTPHeaders([("Sec-WebSocket-Protocol", handshake.subprotocol)])
  }
}

/// Carries a command's outcome from the handshake to the connection that tells it.
private final class AcceptedExec: Sendable {
  struct Agreement: Sendable {
    let outcome: ExecOutcome
    let handshake: ExecHandshake
  }

  let agreed = Mutex<Agreement?>(nil)

  func speak(on channel: any Channel) throws -> NegotiatedProtocol {
    guard let agreement = agreed.withLock({ $0 }) else { throw ChannelError.eof }
    let socket: NIOAsyncChannel<WebSocketFrame, WebSocketFrame> = try NIOAsyncChannel(
      wrappingChannelSynchronously: channel)
    return .exec(socket, agreement.outcome, agreement.handshake)
  }
}
