package import Foundation
import Synchronization

/// A small web server on loopback that serves files from memory, whole or from an offset, and can misbehave.
package final class FileServer: Sendable {
  /// One request as it came in.
  package struct Request: Sendable, Hashable {
    package let target: String
    package let range: String?
    package let authorization: String?
  }

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
    var requests: [Request] = []
    var servesRanges = true
  }

  private let state = Mutex(State())
  private let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  private let port: UInt16

  package init() throws {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = descriptor
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, length) == 0 && listen(listener, 16) == 0
          && getsockname(listener, address, &length) == 0
      }
    }
    guard isListening else { throw CocoaError(.fileReadUnknown) }
    port = UInt16(bigEndian: address.sin_port)
    let serve: @Sendable () -> Void = { [weak self, listener] in
      while true {
        let client = accept(listener, nil, nil)
        if client < 0, [EINTR, ECONNABORTED, EMFILE].contains(errno) { continue }
        guard client >= 0, let self else { return }
        self.answer(client)
        // A program that another test starts at this moment has the descriptor too: closing alone would end nothing.
        shutdown(client, Int32(SHUT_RDWR))
        close(client)
      }
    }
    Thread(block: serve).start()
  }

  deinit { stop() }

  /// The server's address, such as `http://127.0.0.1:40000`.
  package var address: String { "http://127.0.0.1:\(port)" }
  package var requests: [Request] { state.withLock { $0.requests } }

  /// Ends the server; nobody answers at its address any more.
  package func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  package func put(_ data: Data, at path: String) { state.withLock { $0.files[path] = data } }
  package func misbehave(_ mischief: Mischief, at path: String) {
    state.withLock { $0.mischief[path, default: []].append(mischief) }
  }
  package func serveWholeFilesOnly() { state.withLock { $0.servesRanges = false } }

  private func answer(_ client: Int32) {
    guard let request = Self.request(from: client) else { return }
    let (file, mischief, servesRanges) = state.withLock { state in
      state.requests.append(request)
      let path = Self.path(of: request.target)
      let mischief = state.mischief[path].flatMap { $0.isEmpty ? nil : $0[0] }
      if mischief != nil { state.mischief[path]?.removeFirst() }
      return (state.files[path], mischief, state.servesRanges)
    }
    if case .status(let status) = mischief { return send("HTTP/1.1 \(status) No\r\nContent-Length: 0\r\n\r\n", client) }
    guard let file else { return send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", client) }
    let start = servesRanges ? request.range.flatMap { Int($0.filter(\.isNumber)) } : nil
    if let start, start >= file.count {
      return send("HTTP/1.1 416 No\r\nContent-Length: 0\r\n\r\n", client)
    }
    let body = file.dropFirst(start ?? 0)
    var head = "HTTP/1.1 \(start == nil ? "200 OK" : "206 Partial Content")\r\nContent-Length: \(body.count)\r\n"
    if let start { head += "Content-Range: bytes \(start)-\(file.count - 1)/\(file.count)\r\n" }
    send(head + "Connection: close\r\n\r\n", client)
    switch mischief {
    case .cutAfter(let count): send(body.prefix(count), client)
    case .stallAfter(let count):
      send(body.prefix(count), client)
      var byte: UInt8 = 0
      while read(client, &byte, 1) > 0 {}
    case .status, nil: send(body, client)
    }
  }

  /// The path of a target, which is a whole address where the server is used as a proxy.
  private static func path(of target: String) -> String {
    guard let scheme = target.range(of: "://") else { return target }
    return String(target[scheme.upperBound...].drop { $0 != "/" })
  }

  private static func request(from client: Int32) -> Request? {
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !text.contains("\r\n\r\n") {
      let count = read(client, &buffer, buffer.count)
      guard count > 0 else { return nil }
      text += String(decoding: buffer[..<count], as: UTF8.self)
    }
    let lines = text.components(separatedBy: "\r\n")
    func header(_ name: String) -> String? {
      lines.first { $0.lowercased().hasPrefix("\(name): ") }.map { String($0.dropFirst(name.count + 2)) }
    }
    let words = lines[0].split(separator: " " as Character)
    guard words.count == 3 else { return nil }
    return Request(target: String(words[1]), range: header("range"), authorization: header("authorization"))
  }

  private func send(_ text: String, _ client: Int32) { send(Data(text.utf8)[...], client) }

  private func send(_ data: Data.SubSequence, _ client: Int32) {
    var rest = data
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
