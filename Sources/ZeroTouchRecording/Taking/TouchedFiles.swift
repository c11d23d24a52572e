import Foundation
import ZeroTouchTools

/// The files that a program's words name within the run's folders, and which of them it made or changed.
struct TouchedFiles: Sendable {
  private struct Mark: Hashable {
    let inode: UInt
    let size: Int
    let seconds: Int
    let nanoseconds: Int
  }

  private let before: [String: Mark?]

  init(_ invocation: ToolInvocation, in places: RecordedPlaces?) {
    let paths = invocation.arguments.flatMap { word in
      [word, word.firstIndex(of: "=").map { String(word[word.index(after: $0)...]) }].compactMap(\.self)
    }
    let ours = paths.filter { places?.hold($0) == true }
    before = Dictionary(ours.map { ($0, Self.mark($0)) }, uniquingKeysWith: { $1 })
  }

  /// What the program left.
  func left() -> [KeptFile] {
    before.sorted { $0.key < $1.key }.compactMap { path, mark in
      let now = Self.mark(path)
      return now == nil || now == mark ? nil : RecordedScene.kept(path)
    }
  }

  private static func mark(_ path: String) -> Mark? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Mark(
      inode: UInt(status.st_ino), size: Int(status.st_size), seconds: status.st_mtim.tv_sec,
      nanoseconds: status.st_mtim.tv_nsec)
  }
}
