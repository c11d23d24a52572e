import Foundation
import Synchronization

/// The append-only record of runs: one line an event, on the disk before the next one. It explains; it never decides.
///
/// What cannot be written down is not done: whoever is about to act asks first whether the journal still takes lines.
package final class Journal: Sendable {
  /// When it begins a new file, and how many old ones it keeps.
  package struct Bounds: Sendable, Hashable {
    package var bytes = 8 << 20
    package var files = 3

    package init() {}
  }

  private let path: String
  private let bounds: Bounds
  private let file: Mutex<Int32>

  package init(path: String, bounds: Bounds = Bounds()) throws(PipelineError) {
    (self.path, self.bounds) = (path, bounds)
    file = Mutex(try Self.opened(path))
  }

  deinit { file.withLock { _ = close($0) } }

  /// Appends one line and returns once it lies on the disk.
  package func append(_ line: String) throws(PipelineError) {
    let bytes = Array((line + "\n").utf8)
    try file.withLock { file throws(PipelineError) in
      if lseek(file, 0, SEEK_END) + off_t(bytes.count) > off_t(bounds.bytes) { file = try rotated(file) }
      var written = 0
      while written < bytes.count {
        let count = bytes[written...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw Self.failure(path) }
        written += count
      }
      // Pipes and devices cannot be synchronised, and need not be.
      guard fsync(file) == 0 || errno == EINVAL || errno == EROFS else { throw Self.failure(path) }
    }
  }

  /// The files of a journal that exist, the oldest first.
  package static func files(of path: String, _ bounds: Bounds = Bounds()) -> [String] {
    let old = (1...bounds.files).reversed().map { "\(path).\($0)" }
    return (old + [path]).filter { FileManager.default.fileExists(atPath: $0) }
  }

  /// Puts the file aside and begins a new one.
  private func rotated(_ file: Int32) throws(PipelineError) -> Int32 {
    guard lseek(file, 0, SEEK_END) > 0 else { return file }
    for number in (1..<bounds.files).reversed() { rename("\(path).\(number)", "\(path).\(number + 1)") }
    guard rename(path, "\(path).1") == 0 else { throw Self.failure(path) }
    let new = try Self.opened(path)
    close(file)
    return new
  }

  /// A run that died while it wrote has left half a line, which must not swallow the next one.
  private static func opened(_ path: String) throws(PipelineError) -> Int32 {
    let isTorn = FileManager.default.contents(atPath: path)?.last.map { $0 != UInt8(ascii: "\n") } ?? false
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure(path) }
    if isTorn { _ = write(file, "\n", 1) }
    return file
  }

  private static func failure(_ path: String) -> PipelineError {
    .workspace(path: path, reason: String(cString: strerror(errno)))
  }
}
