import Foundation
import TestSupport
import ZeroTouchModel

@testable import ZeroTouchValidation

/// A copy of the sound repository with a few files changed; only these are written and read again.
struct FaultyRepository {
  let sound: SoundRepository
  let root: String
  /// What the changed files say now; nil for those that are gone.
  private(set) var changed: [String: String?] = [:]

  init(_ sound: SoundRepository, in folder: String, _ edits: [Edit]) throws {
    self.sound = sound
    root = "\(folder)/repository"
    for edit in edits { changed[edit.path] = try edit.applied(to: text(of: edit.path)) }
    // Everything else is the same files under a second name.
    try FileManager.default.linkItem(atPath: sound.copy.root, toPath: root)
    for (path, text) in changed {
      if sound.tree.paths.contains(path) {
        try FileManager.default.removeItem(atPath: "\(root)/\(path)")
      }
      guard let text else { continue }
      for top in [root, "\(folder)/changed"] { try CheckedRepository.write(text, to: "\(top)/\(path)") }
    }
  }

  /// The text of a file after the edits; nil where there is none.
  func text(of path: String) -> String? { changed[path] ?? sound.tree.text(of: path) }

  /// The line on which a text ends that stands once in a file.
  func line(of marker: String, in path: String) throws -> Int {
    guard let text = text(of: path) else { throw Misfit("the finding is expected in `\(path)`, which is not there") }
    let parts = text.split(separator: marker, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw Misfit("`\(marker)` marks \(parts.count - 1) places of `\(path)`, not one: choose another marker")
    }
    // A marker may end with its line.
    return (parts[0] + (marker.hasSuffix("\n") ? marker.dropLast() : marker[...])).count { $0 == "\n" } + 1
  }

  /// The tree of the copy, without reading again what is the same.
  func tree() async -> RepositoryTree {
    let new = await RepositoryLoader(root: "\(RepositoryTree.parent(of: root))/changed").load()
    let kept = sound.tree.files.filter { changed[$0.path] == nil }
    let paths = sound.tree.paths.subtracting(changed.keys).union(new.paths)
    return RepositoryTree(
      root: root, files: (kept + new.files).sorted { $0.path < $1.path }, paths: paths,
      folders: Self.folders(of: paths),
      charts: sound.tree.charts.union(new.charts), skipped: new.skipped,
      remotes: new.remotes)
  }

  /// Everything that is found in it: as `ZT304 path:line`, and in the rule's own words.
  func findings() async throws -> [(place: String, words: String)] {
    let report = await Validation().report(on: try await sound.surveyor.survey(await tree()))
    return report.open.map { ("\($0.rule) \($0.location.file):\($0.location.line)", "\($0.rule) \($0.what)") }
  }

  private static func folders(of paths: Set<String>) -> Set<String> {
    var folders: Set<String> = []
    for path in paths {
      var folder = RepositoryTree.parent(of: path)
      while !folder.isEmpty, folders.insert(folder).inserted { folder = RepositoryTree.parent(of: folder) }
    }
    return folders
  }
}
