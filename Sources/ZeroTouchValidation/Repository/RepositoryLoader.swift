import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// Reads a tree, side by side over its files.
package struct RepositoryLoader: Sendable {
  package let root: String
  /// How many files are read at once.
  package let width: Int
  private static let limits = YAMLLimits(bytes: 16 << 20, aliasNodes: 100_000, depth: 100)

  package init(root: String, width: Int = ProcessInfo.processInfo.activeProcessorCount) {
    self.root = root
    self.width = max(width, 1)
  }

  package func load() async -> RepositoryTree {
    let walk = FileWalk(root: root).walked()
    let files = await read(walk.readable)
    return RepositoryTree(
      root: root, files: files.compactMap(\.self), paths: walk.paths, folders: walk.folders, charts: walk.charts,
      skipped: walk.skipped, remotes: GitRemotes(of: root).addresses, links: walk.links)
  }

  /// The files in their order, cut into pieces so that no task is too small to be worth it.
  private func read(_ paths: [String]) async -> [SourceFile?] {
    let size = max(1, min(64, paths.count / (width * 4) + 1))
    let pieces = stride(from: 0, to: paths.count, by: size).map { paths[$0..<min($0 + size, paths.count)] }
    let root = root
    let read = await pieces.mapSideBySide(atMost: width) { piece in piece.map { Self.read($0, in: root) } }
    return read.flatMap(\.self)
  }

  private static func read(_ path: String, in root: String) -> SourceFile? {
    guard let data = FileManager.default.contents(atPath: "\(root)/\(path)") else {
      return SourceFile(
        path: path, documents: [], problems: [unreadable(path)], acceptances: [])
    }
    guard let text = text(data) else { return notText(data, path) }
    if path.hasSuffix(".json"), !looksLikeManifest(text) { return nil }
    let (documents, problems) = LocatedYAML.reading(of: text, file: path, limits: limits)
    let isUnfilled =
      problems.contains { YAMLTrouble($0) == .syntax } && UnfilledText.isYAML(text, limits: limits)
    return SourceFile(
      path: path, documents: documents, problems: problems, acceptances: Acceptance.all(in: text, file: path),
      isUnfilled: isUnfilled)
  }

  /// The text of bytes; nil where they are not UTF-8. What begins with the mark of UTF-16 is for the reader to refuse.
  private static func text(_ data: Data) -> String? {
    let marks: [[UInt8]] = [[0xFE, 0xFF], [0xFF, 0xFE]]
    if marks.contains(where: data.starts) { return String(decoding: data, as: UTF8.self) }
    return String(validating: data, as: UTF8.self)
  }

  /// A file whose bytes are no text: JSON of that kind is nobody's manifest.
  private static func notText(_ data: Data, _ path: String) -> SourceFile? {
    guard !path.hasSuffix(".json") else { return nil }
    let lines = String(decoding: data, as: UTF8.self).lines
    let line = lines.firstIndex { $0.contains("\u{FFFD}") } ?? 0
    let column = lines[line].prefix { $0 != "\u{FFFD}" }.count
    let problem = Diagnostic(
      at: SourceLocation(file: path, line: line + 1, column: column + 1), "the file is not YAML: it is not UTF-8",
      remedy: "write it anew as UTF-8")
    return SourceFile(path: path, documents: [], problems: [problem], acceptances: [], isText: false)
  }

  /// Most JSON in a repository is somebody's lock or schema, which nothing here reads.
  private static func looksLikeManifest(_ text: String) -> Bool {
    text.utf8.count < 1 << 20 && text.contains("\"apiVersion\"") && text.contains("\"kind\"")
      && !text.contains("\"$schema\"")
  }

  private static func unreadable(_ path: String) -> Diagnostic {
    Diagnostic(
      at: SourceLocation(file: path, line: 1, column: 1), "the file cannot be read",
      remedy: "give yourself the right to")
  }
}
