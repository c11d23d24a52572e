import Foundation

/// The files of whoever started a tool, by the paths on its command line.
struct CallFiles: Sendable {
  let call: ShimCall

  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: call.absolute(path)) }

  /// The text of a file; `-` and `/dev/stdin` are what was piped in. Errors read as Go's.
  func read(_ path: String) throws(CallFailure) -> String {
    if path == "-" || path == "/dev/stdin" { return String(decoding: call.standardInput, as: UTF8.self) }
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: call.absolute(path), isDirectory: &isDirectory) else {
      throw CallFailure("open \(path): no such file or directory")
    }
    guard !isDirectory.boolValue else { throw CallFailure("read \(path): is a directory") }
    guard let data = FileManager.default.contents(atPath: call.absolute(path)) else {
      throw CallFailure("open \(path): permission denied")
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// Writes a file and the folders it lies in.
  func write(_ text: String, to path: String, permissions: Int) throws(CallFailure) {
    let url = URL(filePath: call.absolute(path))
    let manager = FileManager.default
    do {
      try manager.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    } catch {
      throw CallFailure("mkdir \(url.deletingLastPathComponent().path): permission denied")
    }
    let isWritten = manager.createFile(
      atPath: url.path, contents: Data(text.utf8), attributes: [.posixPermissions: permissions])
    guard isWritten else { throw CallFailure("open \(path): permission denied") }
  }
}
