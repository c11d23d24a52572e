import Foundation
import Synchronization

/// The append-only record of runs: one line an event, on the disk before the next one. It explains; it never decides.
package final class Journal: Sendable {
  private let descriptor: Mutex<Int32>

  package init(path: String) throws(PipelineError) {
    let opened = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard opened >= 0 else { throw .workspace(path: path, reason: String(cString: strerror(errno))) }
    descriptor = Mutex(opened)
  }

  deinit { descriptor.withLock { _ = close($0) } }

  /// Appends one line. A journal that cannot be written must not stop a run, so failures are passed over.
  package func append(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    descriptor.withLock { file in
      _ = write(file, bytes, bytes.count)
      fsync(file)
    }
  }
}
