package import Foundation
import Synchronization

/// A small web server on loopback that serves files from memory, whole or from an offset, and can misbehave.
package final class FileServer: Sendable {
  /// What the server does to the next request of a file instead of answering well.
  package enum Mischief: Sendable, Hashable {
    /// Sends this many bytes and hangs up.
    case cutAfter(Int)
    /// Sends this many bytes and then nothing, until the other side hangs up.
    case stallAfter(Int)
    /// Answers with this status.
    case status(Int)
  }

  private struct State {
    var files: [String: Data] = [:]
    var mischief: [String: [Mischief]] = [:]
    var requests: [WebRequest] = []
    var servesRanges = true
  }

  private let state = Mutex(State())
  private let socket: LoopbackSocket

  package init() throws {
    socket = try LoopbackSocket()
    socket.serve { [weak self] in self?.answer($0) }
  }

  deinit { stop() }

  /// The server's address, such as `http://127.0.0.1:40000`.
  package var address: String { "http://127.0.0.1:\(socket.port)" }
  package var requests: [WebRequest] { state.withLock { $0.requests } }

  /// Ends the server; nobody answers at its address any more.
  package func stop() { socket.stop() }

  package func put(_ data: Data, at path: String) { state.withLock { $0.files[path] = data } }
  package func misbehave(_ mischief: Mischief, at path: String) {
    state.withLock { $0.mischief[path, default: []].append(mischief) }
  }
  package func serveWholeFilesOnly() { state.withLock { $0.servesRanges = false } }

  private func answer(_ client: LoopbackSocket.Connection) {
    guard let request = WebRequest(from: client) else { return }
    let (file, mischief, servesRanges) = state.withLock { state in
      state.requests.append(request)
      let path = Self.path(of: request.target)
      let mischief = state.mischief[path].flatMap { $0.isEmpty ? nil : $0[0] }
      if mischief != nil { state.mischief[path]?.removeFirst() }
      return (state.files[path], mischief, state.servesRanges)
    }
    if case .status(let status) = mischief {
      return client.send(Data("HTTP/1.1 \(status) No\r\nContent-Length: 0\r\n\r\n".utf8))
    }
    guard let file else { return client.send(Data("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".utf8)) }
    let start = servesRanges ? request.range.flatMap { Int($0.filter(\.isNumber)) } : nil
    if let start, start >= file.count {
      return client.send(Data("HTTP/1.1 416 No\r\nContent-Length: 0\r\n\r\n".utf8))
    }
    let body = file.dropFirst(start ?? 0)
    var head = "HTTP/1.1 \(start == nil ? "200 OK" : "206 Partial Content")\r\nContent-Length: \(body.count)\r\n"
    if let start { head += "Content-Range: bytes \(start)-\(file.count - 1)/\(file.count)\r\n" }
    client.send(Data((head + "Connection: close\r\n\r\n").utf8))
    switch mischief {
    case .cutAfter(let count): client.send(body.prefix(count))
    case .stallAfter(let count):
      client.send(body.prefix(count))
      while client.receive() != nil {}
    case .status, nil: client.send(body)
    }
  }

  /// The path of a target, which is a whole address where the server is used as a proxy.
  private static func path(of target: String) -> String {
    guard let scheme = target.range(of: "://") else { return target }
    return String(target[scheme.upperBound...].drop { $0 != "/" })
  }
}
