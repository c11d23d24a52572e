import Foundation
import ZeroTouchModel

/// A file of the repository that may be absent.
enum RepositoryFile {
  /// The text of a file; nil only where there is none: what cannot be read must not count as left out.
  static func text(of path: String) throws(InvalidInput) -> String? {
    guard exists(path) else { return nil }
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      guard let text = String(data: data, encoding: .utf8) else { throw Unreadable("it is no text in UTF-8") }
      return text
    } catch {
      let reason = (error as? Unreadable)?.reason ?? error.localizedDescription
      throw InvalidInput([
        Diagnostic(
          at: SourceLocation(file: path, line: 1, column: 1), "the file is there and cannot be read: \(reason)",
          remedy: "check its kind and mode, or restore it from Git: git checkout \(path)")
      ])
    }
  }

  private struct Unreadable: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
  }

  /// Whether something has the name, be it a link that leads nowhere.
  private static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 || errno != ENOENT
  }
}
