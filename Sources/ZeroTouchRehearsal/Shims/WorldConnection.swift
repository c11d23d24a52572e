import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The asking end of a world's socket.
///
/// Plain system calls: the stand-in programs are started hundreds of times in a rehearsal and have to start fast.
struct WorldConnection: ~Copyable {
  private let descriptor: CInt
  private var reader = FrameReader()

  /// Connects; a patience bounds how long one answer may take to begin.
  init(to path: String, patience: Int? = nil) throws {
    #if canImport(Glibc)
      let opened = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    #else
      let opened = socket(AF_UNIX, SOCK_STREAM, 0)
    #endif
    guard opened >= 0 else { throw WorldError.system("socket", errno) }
    do { try Self.connect(opened, to: path) } catch {
      close(opened)
      throw error
    }
    if let patience {
      var limit = timeval(tv_sec: patience, tv_usec: 0)
      setsockopt(opened, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    descriptor = opened
  }

  deinit { close(descriptor) }

  private static func connect(_ descriptor: CInt, to path: String) throws {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard path.utf8.count < room else { throw WorldError.system("connect to \(path)", ENAMETOOLONG) }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        systemConnect(descriptor, generic, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard connected == 0 else { throw WorldError.system("connect to \(path)", errno) }
  }

  func send(_ question: WorldQuestion) throws {
    var rest = try Data(framing: question)[...]
    while !rest.isEmpty {
      // Without MSG_NOSIGNAL a world that goes away would end this process without a word.
      let count = rest.withUnsafeBytes { bytes in systemSend(descriptor, bytes) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw WorldError.system("send to the world", errno) }
      rest = rest.dropFirst(count)
    }
  }

  /// The next answer, or nil when the world closed the connection.
  mutating func receive() throws -> WorldAnswer? {
    var piece = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      if let answer = try reader.next(WorldAnswer.self) { return answer }
      let count = recv(descriptor, &piece, piece.count, 0)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw WorldError.system("receive from the world", errno) }
      guard count > 0 else { return nil }
      reader.append(piece[..<count])
    }
  }
}

private func systemConnect(_ descriptor: CInt, _ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> CInt {
  connect(descriptor, address, length)
}

private func systemSend(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
  #if canImport(Darwin)
    send(descriptor, bytes.baseAddress, bytes.count, 0)
  #else
    send(descriptor, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL))
  #endif
}
