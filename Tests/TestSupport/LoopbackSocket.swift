package import Foundation

/// A socket on loopback with a port of its own; it listens, or has its port and no more.
package final class LoopbackSocket: Sendable {
  package let port: Int
  private let descriptor: Int32

  package init(listens: Bool = true) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isThere = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, length) == 0 && (!listens || listen(descriptor, 16) == 0)
          && getsockname(descriptor, address, &length) == 0
      }
    }
    self.descriptor = descriptor
    port = Int(UInt16(bigEndian: address.sin_port))
    guard isThere else { throw POSIXError(.EADDRNOTAVAIL) }
  }

  deinit { close(descriptor) }

  /// Nobody is let in any more.
  package func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Answers one connection after the other, on a thread of its own, until the socket is stopped.
  package func serve(_ answer: @escaping @Sendable (Connection) -> Void) {
    let thread = Thread { [self] in
      while true {
        let client = accept(descriptor, nil, nil)
        if client < 0, [EINTR, ECONNABORTED, EMFILE].contains(errno) { continue }
        guard client >= 0 else { return }
        answer(Connection(descriptor: client))
        // A program that another test starts at this moment has the descriptor too: closing alone would end nothing.
        shutdown(client, Int32(SHUT_RDWR))
        close(client)
      }
    }
    thread.start()
  }

  /// A caller that was let in.
  package struct Connection: Sendable {
    fileprivate let descriptor: Int32

    /// What came next; nil once the caller has hung up.
    package func receive() -> Data? {
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = read(descriptor, &buffer, buffer.count)
      return count > 0 ? Data(buffer[..<count]) : nil
    }

    /// Sends everything, or as much as the caller takes.
    package func send(_ data: some DataProtocol) {
      var rest = Data(data)[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
      }
    }
  }
}
