import NIOCore
import NIOHTTP1
import NIOPosix

/// The HTTP/1.1 server in front of the simulated Kubernetes API.
///
/// It knows transport only: what a request means is the world's business. Plain HTTP on the loopback
/// interface is enough because the first component of every path is a secret.
package struct APIServer: Sendable {
  let socket: ListeningSocket
  package let endpoint: APIEndpoint
  let clock: any Clock<Duration>

  /// Takes a port; connections wait until ``serve(_:)``.
  package init(clock: any Clock<Duration>) throws {
    socket = try ListeningSocket()
    endpoint = APIEndpoint(port: socket.port, prefix: APIEndpoint.unguessablePrefix())
    self.clock = clock
  }

  /// Serves the world until the task is cancelled.
  package func serve(_ host: WorldHost) async throws {
    let open = OpenChannels()
    let listener = try await listen(for: host, open)
    try await withTaskCancellationHandler {
      try await listener.executeThenClose { connections in
        try await withThrowingDiscardingTaskGroup { group in
          for try await connection in connections {
            group.addTask { await self.converse(connection, host) }
          }
          open.closeAll()
        }
      }
    } onCancel: {
      listener.channel.close(promise: nil)
      open.closeAll()
    }
  }

  private func listen(
    for host: WorldHost, _ open: OpenChannels
  ) async throws -> NIOAsyncChannel<EventLoopFuture<NegotiatedProtocol>, Never> {
    try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .bind(socket.descriptor) { channel in
        open.add(channel)
        return channel.eventLoop.makeCompletedFuture { try negotiate(on: channel, host) }
      }
  }

  /// Talks to one client until it goes away; whatever goes wrong with it concerns nobody else.
  private func converse(_ connection: EventLoopFuture<NegotiatedProtocol>, _ host: WorldHost) async {
    do {
      switch try await connection.get() {
      case .http(let channel):
        try await HTTPConnection(channel: channel, prefix: endpoint.prefix, host: host, clock: clock).run()
      case .exec(let channel, let outcome, let handshake):
        try await ExecSocket(outcome: outcome, handshake: handshake, clock: clock).run(on: channel)
      }
    } catch {
      // The client went away or sent garbage, and NIO has closed the connection.
    }
  }
}
