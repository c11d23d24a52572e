import Foundation
import ZeroTouchModel

/// Where a recorded run takes place: its command line, its folders, and what it reads there.
package struct RecordedScene: Sendable {
  /// What of a repository a run reads; the rest may be large, and nobody else's business.
  private static let folders = ["bootstrap", "platform", "tenants"]
  private static let endings = [
    "yaml", "yml", "json", "tpl", "toml", "age", "pub", "identity", "known_hosts", "ticket",
  ]
  /// Files of the state directory that only explain or lock.
  private static let leftOut: Set<String> = ["lock", ".gitignore"]
  /// Larger files are no part of what a run decides by; an image is one.
  private static let largest = 4 << 20

  let ground: RecordedGround
  let repository: String
  let cache: String
  let secretsBundle: String
  let places: RecordedPlaces
  /// Files that the command line names, wherever they lie.
  let named: [String]

  package init(
    ground: RecordedGround, repository: String, cache: String, secretsBundle: String, home: String?, program: String,
    named: [String] = []
  ) {
    (self.ground, self.repository, self.cache) = (ground, repository, cache)
    (self.secretsBundle, self.named) = (secretsBundle, named)
    var folders = ["repository": repository, "cache": cache, "program": program]
    if let home, home.count > 1 { folders["home"] = home }
    for (number, file) in named.enumerated() where !file.hasPrefix("\(repository)/") {
      folders["file\(number)"] = (file as NSString).deletingLastPathComponent
    }
    places = RecordedPlaces(folders)
  }

  /// The files that a run reads, as they are now.
  ///
  /// Of other clusters whose state lies beside this one's it reads who they are, and nothing else: nobody here knows
  /// their secrets, to take them out.
  func files() -> [KeptFile] {
    let state = (secretsBundle as NSString).deletingLastPathComponent
    let beside = (state as NSString).deletingLastPathComponent
    let others = ((try? FileManager.default.contentsOfDirectory(atPath: beside)) ?? []).sorted()
      .map { "\(beside)/\($0)" }.filter { $0 != state }.map { "\($0)/talosconfig" }
    let inside = Self.folders.flatMap { Self.paths(below: "\(repository)/\($0)") } + Self.paths(below: state)
    let top = ["zerotouch.yaml", ".sops.yaml"].map { "\(repository)/\($0)" }
    let fetched = ((try? FileManager.default.contentsOfDirectory(atPath: cache)) ?? []).sorted().map {
      "\(cache)/\($0)"
    }
    return (inside + others + top + fetched + named).compactMap(Self.kept)
  }

  private static func paths(below folder: String) -> [String] {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    return names.sorted().filter(isRead).map { "\(folder)/\($0)" }
  }

  private static func isRead(_ name: String) -> Bool {
    let last = (name as NSString).lastPathComponent
    if last.hasPrefix("journal") || leftOut.contains(last) || last.hasSuffix(".part") { return false }
    let ending = (last as NSString).pathExtension
    return ending.isEmpty || endings.contains(ending)
  }

  static func kept(_ path: String) -> KeptFile? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, Int(status.st_size) <= largest,
      let bytes = FileManager.default.contents(atPath: path)
    else { return nil }
    // The password of one boot: it counts only whether there is one.
    let isTicket = path.hasSuffix(".ticket") && !bytes.isEmpty
    return KeptFile(path: path, bytes: isTicket ? Data("withheld".utf8) : bytes)
  }
}
