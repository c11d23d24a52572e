import Foundation
import ZeroTouchManifests

/// A repository as it lies on disk: its YAML read, everything else by name.
package struct RepositoryTree: Sendable {
  /// Why a file was left unread.
  package struct Skipped: Sendable, Hashable {
    package let path: String
    package let reason: String
  }

  package let root: String
  /// The files with YAML, in the order of their paths.
  package let files: [SourceFile]
  /// Every file, whatever it holds.
  package let paths: Set<String>
  package let folders: Set<String>
  /// The folders with a `Chart.yaml`.
  package let charts: Set<String>
  package let skipped: [Skipped]
  /// The folders with Jsonnet in or below them.
  package let jsonnet: Set<String>
  /// The addresses of the remotes that Git knows of this checkout.
  package let remotes: [String]
  /// The links to folders, and which they lead to.
  private let links: [String: String]
  private let positions: [String: Int]

  package init(
    root: String, files: [SourceFile], paths: Set<String>, folders: Set<String>, charts: Set<String> = [],
    skipped: [Skipped] = [], remotes: [String] = [], links: [String: String] = [:]
  ) {
    self.root = root
    self.files = files
    self.paths = paths
    self.folders = folders
    self.charts = charts
    self.skipped = skipped
    self.remotes = remotes
    self.links = links
    jsonnet = Self.folders(above: paths) { $0.hasSuffix(".jsonnet") }
    positions = Dictionary(files.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The file of a path, where it holds YAML.
  package subscript(path: String) -> SourceFile? { positions[path].map { files[$0] } }

  /// The YAML files below a folder, in the order of their paths.
  package func files(below folder: String) -> ArraySlice<SourceFile> {
    guard !folder.isEmpty else { return files[...] }
    let prefix = folder + "/"
    let start = firstIndex { $0.path >= prefix }
    // `0` is the character behind `/`.
    let end = firstIndex { $0.path >= folder + "0" }
    return files[start..<max(start, end)]
  }

  /// The path that a name leads to from a folder, links to folders followed; nil where it leads out of the tree.
  package func path(of name: String, from folder: String = "") -> String? {
    guard let path = Self.resolve(name, from: folder), !links.isEmpty else { return Self.resolve(name, from: folder) }
    let parts = path.split(separator: "/")
    for end in parts.indices {
      guard let target = links[parts[...end].joined(separator: "/")] else { continue }
      // What a link leads to has no link in it.
      return Self.resolve(parts[(end + 1)...].joined(separator: "/"), from: target)
    }
    return path
  }

  /// The bytes of any file as text; nil where there is none.
  package func text(of path: String) -> String? {
    guard paths.contains(path) else { return nil }
    return FileManager.default.contents(atPath: "\(root)/\(path)").map { String(decoding: $0, as: UTF8.self) }
  }

  private static func folders(above paths: Set<String>, where isMeant: (String) -> Bool) -> Set<String> {
    var folders: Set<String> = []
    for path in paths where isMeant(path) {
      var folder = parent(of: path)
      while folders.insert(folder).inserted, !folder.isEmpty { folder = parent(of: folder) }
    }
    return folders
  }

  private func firstIndex(where isBehind: (SourceFile) -> Bool) -> Int {
    var low = 0
    var high = files.count
    while low < high {
      let middle = (low + high) / 2
      if isBehind(files[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension RepositoryTree {
  /// Whether a folder of this name holds what a program's tests read: broken and leaky on purpose, and not looked into.
  static func isTestData(folder name: some StringProtocol) -> Bool {
    name.hasPrefix("testdata") || ["_testdata", "test-data", "test_data", "testresources"].contains(String(name))
  }

  /// Whether a file is the test data of a program.
  package static func isTestData(_ path: String) -> Bool {
    path.split(separator: "/").dropLast().contains { isTestData(folder: $0) }
  }

  /// The folder a path lies in; empty for the top.
  package static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// A path seen from a folder, without `.` and `..`; nil where it leads out of the tree.
  package static func resolve(_ path: String, from folder: String) -> String? {
    guard !path.hasPrefix("/") else { return nil }
    var parts = folder.split(separator: "/")
    for part in path.split(separator: "/") where part != "." {
      guard part == ".." else {
        parts.append(part)
        continue
      }
      guard parts.popLast() != nil else { return nil }
    }
    return parts.joined(separator: "/")
  }
}
