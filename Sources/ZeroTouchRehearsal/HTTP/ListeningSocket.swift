import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A TCP socket that listens on the loopback interface, at a port the kernel chose.
///
/// It is made before the world it will serve: the world has to know its own address.
package struct ListeningSocket: Sendable {
  package let descriptor: CInt
  package let port: Int

  package init() throws {
    #if canImport(Glibc)
      let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
    #else
      let type = SOCK_STREAM
    #endif
    let opened = socket(AF_INET, type, 0)
    guard opened >= 0 else { throw WorldError.system("socket", errno) }
    do {
      port = try Self.bindAndListen(opened)
      descriptor = opened
    } catch {
      close(opened)
      throw error
    }
  }

  private static func bindAndListen(_ descriptor: CInt) throws -> Int {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    return try withUnsafeMutablePointer(to: &address) { pointer in
      try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        guard bind(descriptor, generic, length) == 0 else { throw WorldError.system("bind to 127.0.0.1", errno) }
        guard listen(descriptor, 256) == 0 else { throw WorldError.system("listen on 127.0.0.1", errno) }
        guard getsockname(descriptor, generic, &length) == 0 else { throw WorldError.system("getsockname", errno) }
      }
      return Int(UInt16(bigEndian: pointer.pointee.sin_port))
    }
  }
}
