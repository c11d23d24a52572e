import Foundation
import ZeroTouchRehearsal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A client that speaks in bytes, so that a test sees what stands on the wire.
///
/// Its blocking calls run beside Swift's own threads, which the server under test needs. Where an answer does
/// not come, reading gives up after ten seconds and the test fails by what is missing.
final class SocketClient: Sendable {
  private let descriptor: CInt

  /// Connects to a port of the loopback interface.
  static func connect(to endpoint: APIEndpoint) async throws -> SocketClient {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(endpoint.port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    return try await connect(AF_INET, address)
  }

  /// Connects to a Unix socket.
  static func connect(to path: String) async throws -> SocketClient {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return try await connect(AF_UNIX, address)
  }

  private static func connect<Address: Sendable>(_ family: CInt, _ address: Address) async throws -> SocketClient {
    try await beside {
      #if canImport(Glibc)
        let client = SocketClient(socket(family, CInt(SOCK_STREAM.rawValue), 0))
      #else
        let client = SocketClient(socket(family, SOCK_STREAM, 0))
      #endif
      var limit = timeval(tv_sec: 180, tv_usec: 0)
      setsockopt(client.descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
      let connected = withUnsafePointer(to: address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          systemConnect(client.descriptor, $0, socklen_t(MemoryLayout<Address>.size))
        }
      }
      guard connected == 0 else { throw WorldError.system("connect", errno) }
      return client
    }
  }

  private init(_ descriptor: CInt) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  func send(_ bytes: some Sequence<UInt8> & Sendable) async throws {
    try await Self.beside { [descriptor] in
      var rest = Data(bytes)[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { systemSend(descriptor, $0) }
        guard count > 0 else { throw WorldError.system("send", errno) }
        rest = rest.dropFirst(count)
      }
    }
  }

  func send(_ text: String) async throws { try await send(Array(text.utf8)) }

  /// Reads until the text appears; returns everything read.
  func receive(until text: String) async throws -> String {
    let wanted = Data(text.utf8)
    // Only the end is new, give or take one piece.
    let read = try await receive { $0.suffix(wanted.count + (64 << 10)).range(of: wanted) != nil }
    return String(decoding: read, as: UTF8.self)
  }

  /// Reads until the other side closes.
  func receiveAll() async throws -> String { String(decoding: try await receive { _ in false }, as: UTF8.self) }

  /// Reads until there is enough, the other side closes or nothing comes any more.
  func receive(until isEnough: @escaping @Sendable (Data) -> Bool) async throws -> Data {
    try await Self.beside { [descriptor] in
      var read = Data()
      var piece = [UInt8](repeating: 0, count: 64 << 10)
      while !isEnough(read) {
        let count = recv(descriptor, &piece, piece.count, 0)
        if count < 0, errno == ECONNRESET { return read }
        guard count >= 0 else {
          throw WorldError.system("receive after `\(String(decoding: read, as: UTF8.self))`", errno)
        }
        guard count > 0 else { return read }
        read.append(contentsOf: piece[..<count])
      }
      return read
    }
  }

  func shutdown() { _ = systemShutdown(descriptor) }

  /// Runs blocking work on a thread of its own.
  static func beside<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
    }
  }
}

private func systemConnect(_ descriptor: CInt, _ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> CInt {
  connect(descriptor, address, length)
}

private func systemSend(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
  #if canImport(Glibc)
    send(descriptor, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL))
  #else
    send(descriptor, bytes.baseAddress, bytes.count, 0)
  #endif
}

private func systemShutdown(_ descriptor: CInt) -> CInt { shutdown(descriptor, CInt(SHUT_RDWR)) }
