import Foundation
import ZeroTouchModel

/// A descriptor from which a program reads its standard input: a file, so that no writer can block on, or die of,
/// a program that ends before it has read everything.
struct StandardInputFile: Sendable {
  let descriptor: Int32

  /// Opens what the invocation gives; nil where it gives nothing.
  init?(for invocation: ToolInvocation) throws(ToolError) {
    do throws(Failure) {
      switch invocation.input {
      case .none: return nil
      case .text(let text): descriptor = try Self.unlinked(holding: Data(text.utf8))
      case .secret(let secret): descriptor = try Self.unlinked(holding: secret.exposed)
      case .file(let path): descriptor = try Self.opened(path)
      }
    } catch {
      throw .notStarted(invocation, reason: error.reason)
    }
  }

  private struct Failure: Error {
    let reason: String
    init(_ what: String) { reason = "\(what): \(String(cString: strerror(errno)).lowercased())" }
  }

  private static func opened(_ path: String) throws(Failure) -> Int32 {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure("its input `\(path)` could not be opened") }
    return descriptor
  }

  /// A 0600 file without a name, in memory where the system offers it.
  private static func unlinked(holding bytes: Data) throws(Failure) -> Int32 {
    let directory = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : NSTemporaryDirectory()
    var template = Array("\(directory)/zerotouch-input.XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Failure("its input could not be created in `\(directory)`") }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    guard write(bytes, to: descriptor), lseek(descriptor, 0, SEEK_SET) == 0 else {
      let failure = Failure("its input could not be written")
      close(descriptor)
      throw failure
    }
    return descriptor
  }

  private static func write(_ bytes: Data, to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = Foundation.write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        written += count
      }
      return true
    }
  }
}
