import Foundation
import Synchronization

/// A small web server that holds its callers to a provider's documented contract: credentials, methods, bodies, error
/// shapes and limits.
package final class ProviderStandIn: Sendable {
  package struct Reply: Sendable {
    package let status: Int
    package let body: String

    package init(_ status: Int, _ body: String) {
      self.status = status
      self.body = body
    }

    fileprivate var data: Data {
      let head = "HTTP/1.1 \(status) X\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
      return Data((head + "Connection: close\r\n\r\n" + body).utf8)
    }
  }

  private let calls = Mutex<[WebRequest]>([])
  private let socket: LoopbackSocket

  /// `answer` is given a call and how many calls of its method and target there were before.
  package init(answer: @escaping @Sendable (WebRequest, Int) -> Reply) throws {
    socket = try LoopbackSocket()
    socket.serve { [weak self] client in
      guard let self, let call = WebRequest(from: client) else { return }
      let before = calls.withLock { calls in
        defer { calls.append(call) }
        return calls.count { $0.method == call.method && $0.target == call.target }
      }
      client.send(answer(call, before).data)
    }
  }

  deinit { stop() }

  package var address: String { "http://127.0.0.1:\(socket.port)" }
  package var received: [WebRequest] { calls.withLock(\.self) }
  package func stop() { socket.stop() }
}
