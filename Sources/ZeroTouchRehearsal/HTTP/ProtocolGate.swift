import NIOCore
import NIOHTTP1
import NIOWebSocket

/// Decides with the first request of a connection whether it stays with HTTP or changes to WebSocket.
///
/// NIO's own handler for this loses a request that asks for another protocol and does not get it; here
/// such a request is answered as any other, so that the world can word its refusal.
final class ProtocolGate: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart
  typealias Upgrader = NIOTypedWebSocketServerUpgrader<NegotiatedProtocol>

  private let upgrader: Upgrader
  private let encoder: HTTPResponseEncoder
  /// The handlers that understand only HTTP, from the network inwards.
  private let handlers: [any RemovableChannelHandler]
  private let decision: EventLoopPromise<NegotiatedProtocol>

  /// What came while nothing was decided yet, and then what came behind the handshake.
  private var held: [NIOAny] = []
  private var hasWholeRequest = false
  private var accepted: (head: HTTPRequestHead, headers: HTTPHeaders)?
  private var isChanging = false
  private var isAsking = false

  init(
    _ upgrader: Upgrader, encoder: HTTPResponseEncoder, handlers: [any RemovableChannelHandler],
    decision: EventLoopPromise<NegotiatedProtocol>
  ) {
    self.upgrader = upgrader
    self.encoder = encoder
    self.handlers = handlers
    self.decision = decision
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    held.append(data)
    guard !isChanging else { return }
    switch Self.unwrapInboundIn(data) {
    case .head(let head) where !isAsking: decide(head, context)
    case .end:
      hasWholeRequest = true
      changeProtocol(context)
    case .head, .body: break
    }
  }

  /// Garbage before the first request: NIO has answered it, and nothing more is to be expected.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    decision.fail(error)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    decision.fail(ChannelError.eof)
    context.fireChannelInactive()
  }

  private func decide(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let isUpgrade = head.headers[canonicalForm: "Upgrade"].contains { $0.lowercased() == "websocket" }
    guard isUpgrade else { return stayWithHTTP(context) }
    isAsking = true
    upgrader.buildUpgradeResponse(channel: context.channel, upgradeRequest: head, initialResponseHeaders: [:])
      .hop(to: context.eventLoop).assumeIsolated().whenComplete { answer in
        guard case .success(let headers) = answer else { return self.stayWithHTTP(context) }
        self.accepted = (head, headers)
        self.changeProtocol(context)
      }
  }

  private func stayWithHTTP(_ context: ChannelHandlerContext) {
    decision.completeWith(
      context.eventLoop.makeCompletedFuture {
        .http(try NIOAsyncChannel(wrappingChannelSynchronously: context.channel))
      })
    leave(context)
  }

  /// Answers the handshake and leaves the connection to WebSocket, once the request is over and accepted.
  private func changeProtocol(_ context: ChannelHandlerContext) {
    guard hasWholeRequest, let accepted else { return }
    isChanging = true
    held = []
    let pipeline = context.pipeline.syncOperations
    let removals = handlers.map { pipeline.removeHandler($0) }
    EventLoopFuture.andAllSucceed(removals, on: context.eventLoop).assumeIsolated().flatMap {
      let head = HTTPResponseHead(version: .http1_1, status: .switchingProtocols, headers: accepted.headers)
      return context.writeAndFlush(Self.wrapOutboundOut(.head(head)))
    }.flatMap {
      pipeline.removeHandler(self.encoder)
    }.flatMap {
      self.upgrader.upgrade(channel: context.channel, upgradeRequest: accepted.head)
    }.whenComplete { result in
      self.decision.completeWith(result)
      if case .failure = result { context.close(promise: nil) }
      self.leave(context)
    }
  }

  private func leave(_ context: ChannelHandlerContext) {
    for data in held { context.fireChannelRead(data) }
    held = []
    context.fireChannelReadComplete()
    context.pipeline.syncOperations.removeHandler(self, promise: nil)
  }
}
