package import Foundation

/// The state directory of one cluster: every file in it is 0600, every folder 0700, and every write is all or nothing.
package struct Workspace: Sendable, Hashable {
  /// The directory's path, as command lines show it.
  package let root: String

  package init(root: String) { self.root = root }

  package func path(_ name: String) -> String { "\(root)/\(name)" }

  /// Makes the directory and its folders.
  package func prepare() throws(PipelineError) {
    for folder in [root, path("rendered"), path("rendered/nodes")] { try makeFolder(folder) }
    // One that is there already keeps the mode it was made with.
    guard chmod(root, 0o700) == 0 else { throw .workspace(path: root, reason: String(cString: strerror(errno))) }
    // Whoever keeps state beside the sources must not commit it.
    let ignore = path(".gitignore")
    if !FileManager.default.fileExists(atPath: ignore) { try write(Data("*\n".utf8), to: ignore) }
  }

  /// Whether the directory is there, from this run or an earlier one.
  package var exists: Bool { FileManager.default.fileExists(atPath: root) }

  /// Removes the directory, and the folder around it once that holds nothing else.
  package func remove() {
    try? FileManager.default.removeItem(atPath: root)
    _ = rmdir((root as NSString).deletingLastPathComponent)
  }

  /// The bytes of a file; nil when there is none.
  package func contents(of path: String) -> Data? { FileManager.default.contents(atPath: path) }

  /// Writes a file beside its place and renames it, so that a reader never meets half of it.
  package func write(_ data: Data, to path: String) throws(PipelineError) {
    let folder = (path as NSString).deletingLastPathComponent
    if !FileManager.default.fileExists(atPath: folder) { try makeFolder(folder) }
    let beside = path + ".part"
    // What an interrupted write left may have another mode, or be somebody's link.
    unlink(beside)
    guard Self.write(data, toNew: beside), rename(beside, path) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(beside)
      throw .workspace(path: path, reason: reason)
    }
  }

  /// Writes a file that nobody else may ever open, and answers once it is on the disk.
  private static func write(_ data: Data, toNew path: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var rest = data[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return false }
      rest = rest.dropFirst(written)
    }
    return fsync(descriptor) == 0
  }

  /// Takes everybody else's rights from a file that a tool wrote with its own mode.
  package func seal(_ path: String) throws(PipelineError) {
    guard chmod(path, 0o600) == 0 else { throw .workspace(path: path, reason: String(cString: strerror(errno))) }
  }

  private func makeFolder(_ folder: String) throws(PipelineError) {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch { throw .workspace(path: folder, reason: "\(error.localizedDescription)") }
  }
}
