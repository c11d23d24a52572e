import Foundation
import Synchronization

/// Keeps two runs of one cluster apart; the kernel frees it when its holder ends, however it ends.
package final class RunLock: Sendable {
  private let descriptor: Mutex<Int32?>

  private init(descriptor: Int32) { self.descriptor = Mutex(descriptor) }

  deinit { release() }

  /// Takes the lock or says who holds it. `holder` is what others will read: the command and its process id.
  package static func take(at path: String, holder: String) throws(PipelineError) -> RunLock {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .workspace(path: path, reason: String(cString: strerror(errno))) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let name = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
      close(descriptor)
      throw .locked(holder: name.isEmpty ? "unknown" : name, path: path)
    }
    ftruncate(descriptor, 0)
    let bytes = Array(holder.utf8)
    guard pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
      close(descriptor)
      throw .workspace(path: path, reason: String(cString: strerror(errno)))
    }
    return RunLock(descriptor: descriptor)
  }

  /// Frees the lock; the file stays, since removing it could free somebody else's.
  ///
  /// Closing alone would not do: a program that is being started at this moment still has the descriptor, and the lock
  /// with it, until it replaces its image.
  package func release() {
    descriptor.withLock { held in
      if let open = held {
        flock(open, LOCK_UN)
        close(open)
      }
      held = nil
    }
  }
}
