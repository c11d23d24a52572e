import Foundation

/// What tools rendered, kept by the sum of all that went into it, for the user alone.
struct BuildCache: Sendable {
  /// Nil to keep nothing.
  let folder: String?

  func text(of key: String) -> String? {
    guard let folder, let data = FileManager.default.contents(atPath: "\(folder)/\(key).yaml") else { return nil }
    return String(decoding: data, as: UTF8.self)
  }

  func keep(_ text: String, as key: String) {
    guard let folder else { return }
    // Generators may have made Secrets of it, which nobody else may read.
    let (private700, private600): ([FileAttributeKey: Any], [FileAttributeKey: Any]) = (
      [.posixPermissions: 0o700], [.posixPermissions: 0o600]
    )
    // A cache that cannot be written costs time, nothing else.
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: private700)
    let draft = "\(folder)/\(key).\(ProcessInfo.processInfo.processIdentifier).new"
    guard FileManager.default.createFile(atPath: draft, contents: Data(text.utf8), attributes: private600) else {
      return
    }
    if rename(draft, "\(folder)/\(key).yaml") != 0 { try? FileManager.default.removeItem(atPath: draft) }
  }
}
