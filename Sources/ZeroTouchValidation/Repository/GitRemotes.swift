import Foundation

/// The remotes of a checkout, as its Git configuration has them.
struct GitRemotes {
  let addresses: [String]

  init(of root: String) {
    let file = FileManager.default.contents(atPath: "\(root)/.git/config")
    addresses = Self.addresses(in: file.map { String(decoding: $0, as: UTF8.self) } ?? "")
  }

  /// The addresses in a configuration; paths of this machine are none.
  static func addresses(in text: String) -> [String] {
    var isRemote = false
    var found: [String] = []
    for line in text.lines.map({ $0.trimmingCharacters(in: .whitespaces) }) {
      if line.hasPrefix("[") { isRemote = line.hasPrefix("[remote ") }
      let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard isRemote, parts.count == 2, parts[0] == "url", parts[1].contains("://") || parts[1].hasPrefix("git@"),
        !parts[1].hasPrefix("file:")
      else { continue }
      found.append(parts[1])
    }
    return found
  }
}
