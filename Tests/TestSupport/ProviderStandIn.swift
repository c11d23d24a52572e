import Foundation
import Synchronization

/// A small web server that holds its callers to a provider's documented contract: credentials, methods, bodies, error
/// shapes and limits.
package final class ProviderStandIn: Sendable {
  package struct Call: Sendable, Hashable {
    package let method: String
    package let target: String
    package let authorization: String
    package let body: String
  }

  package struct Reply: Sendable {
    package let status: Int
    package let body: String

    package init(_ status: Int, _ body: String) {
      self.status = status
      self.body = body
    }
  }

  private let calls = Mutex<[Call]>([])
  private let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  private let port: UInt16

  /// `answer` is given a call and how many calls of its method and target there were before.
  package init(answer: @escaping @Sendable (Call, Int) -> Reply) throws {
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
    Thread { [weak self] in
      while true {
        let client = accept(listener, nil, nil)
        if client < 0, [EINTR, ECONNABORTED, EMFILE].contains(errno) { continue }
        guard client >= 0, let self else { return }
        if let call = Self.read(from: client) {
          let before = self.calls.withLock { calls in
            defer { calls.append(call) }
            return calls.count { $0.method == call.method && $0.target == call.target }
          }
          Self.write(answer(call, before), to: client)
        }
        shutdown(client, Int32(SHUT_RDWR))
        close(client)
      }
    }.start()
  }

  deinit { stop() }

  package var address: String { "http://127.0.0.1:\(port)" }
  package var received: [Call] { calls.withLock(\.self) }
  package func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  private static func read(from client: Int32) -> Call? {
    var data = Data()
    var buffer = [UInt8](repeating: 0, count: 4096)
    func fill() -> Bool {
      let count = Foundation.read(client, &buffer, buffer.count)
      if count > 0 { data.append(contentsOf: buffer[..<count]) }
      return count > 0
    }
    while data.firstRange(of: Data("\r\n\r\n".utf8)) == nil { guard fill() else { return nil } }
    guard let end = data.firstRange(of: Data("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: data[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    func header(_ name: String) -> String {
      lines.first { $0.lowercased().hasPrefix("\(name): ") }.map { String($0.dropFirst(name.count + 2)) } ?? ""
    }
    let wanted = Int(header("content-length")) ?? 0
    while data.count - end.upperBound < wanted { guard fill() else { return nil } }
    let words = lines[0].split(separator: " " as Character)
    guard words.count == 3 else { return nil }
    return Call(
      method: String(words[0]), target: String(words[1]), authorization: header("authorization"),
      body: String(decoding: data[end.upperBound...], as: UTF8.self))
  }

  private static func write(_ reply: Reply, to client: Int32) {
    let body = Data(reply.body.utf8)
    let head = "HTTP/1.1 \(reply.status) X\r\nContent-Type: application/json\r\nContent-Length: \(body.count)\r\n"
    let all = Data((head + "Connection: close\r\n\r\n").utf8) + body
    _ = all.withUnsafeBytes { Foundation.send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
  }
}
