import Foundation

/// Goes through the folders of a tree and says what lies where.
struct FileWalk {
  let root: String
  /// The files that hold YAML, sorted.
  private(set) var readable: [String] = []
  private(set) var paths: Set<String> = []
  private(set) var folders: Set<String> = []
  private(set) var charts: Set<String> = []
  /// The links to folders of the tree, and which they lead to.
  private(set) var links: [String: String] = [:]
  private(set) var skipped: [RepositoryTree.Skipped] = []
  private var testFolders: [String] = []
  private var isFull = false

  /// What belongs to tools, not to the repository.
  private static let foreign: Set<String> = [".git", ".build", ".zerotouch", "node_modules", ".terraform", ".tools"]
  private static let deepest = 40
  private static let mostFiles = 500_000
  private static let largest = 16 << 20

  init(root: String) { self.root = root }

  func walked() -> FileWalk {
    var copy = self
    copy.walk("", depth: 0, isTemplate: false)
    copy.readable.sort()
    copy.noteTestData()
    copy.skipped.sort { $0.path < $1.path }
    return copy
  }

  private mutating func walk(_ folder: String, depth: Int, isTemplate: Bool) {
    guard depth <= Self.deepest else {
      skipped.append(.init(path: folder, reason: "folders deeper than \(Self.deepest) are not looked into"))
      return
    }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)") else {
      skipped.append(.init(path: folder, reason: "the folder cannot be read"))
      return
    }
    let isChart = names.contains("Chart.yaml")
    if isChart { charts.insert(folder) }
    for name in names where !Self.foreign.contains(name) {
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      var status = stat()
      guard lstat("\(root)/\(path)", &status) == 0 else {
        skipped.append(.init(path: path, reason: "its name is not UTF-8, or it is gone again"))
        continue
      }
      if status.st_mode & S_IFMT == S_IFDIR {
        folders.insert(path)
        let isTestData = RepositoryTree.isTestData(folder: name)
        if isTestData { testFolders.append(path) }
        walk(path, depth: depth + 1, isTemplate: isTemplate || isTestData || (isChart && name == "templates"))
      } else {
        note(path, status, isTemplate)
      }
    }
  }

  /// One note for all folders of test data: some programs have dozens.
  private mutating func noteTestData() {
    guard let first = testFolders.min() else { return }
    let others = testFolders.count == 1 ? "" : ", like \(testFolders.count - 1) other folders of such a name"
    skipped.append(.init(path: first, reason: "it is the test data of a program\(others)"))
  }

  private mutating func note(_ path: String, _ status: stat, _ isTemplate: Bool) {
    var status = status
    // A link to a file is read as the file; a link to a folder could lead round in circles.
    if status.st_mode & S_IFMT == S_IFLNK, stat("\(root)/\(path)", &status) != 0 {
      if Self.mayHoldYAML(path) { skipped.append(.init(path: path, reason: "it is a link that leads nowhere")) }
      return
    }
    if status.st_mode & S_IFMT == S_IFDIR, let target = target(of: path) { links[path] = target }
    guard status.st_mode & S_IFMT == S_IFREG else { return }
    guard paths.count < Self.mostFiles else {
      // Said once, for the first of them.
      if !isFull { skipped.append(.init(path: path, reason: "more than \(Self.mostFiles) files are not looked at")) }
      isFull = true
      return
    }
    paths.insert(path)
    // The templates of a chart are not YAML before helm has filled them in.
    guard !isTemplate, Self.mayHoldYAML(path) else { return }
    guard status.st_size <= Self.largest else {
      skipped.append(.init(path: path, reason: "more than \(Self.largest >> 20) MiB are not read"))
      return
    }
    readable.append(path)
  }

  /// The folder of the tree that a link leads to; nil where it leads out of the tree, or round in a circle.
  private func target(of path: String) -> String? {
    let top = URL(fileURLWithPath: root).resolvingSymlinksInPath().path
    let target = URL(fileURLWithPath: "\(root)/\(path)").resolvingSymlinksInPath().path
    return target.hasPrefix(top + "/") ? String(target.dropFirst(top.count + 1)) : nil
  }

  private static func mayHoldYAML(_ path: String) -> Bool {
    path.hasSuffix(".yaml") || path.hasSuffix(".yml") || path.hasSuffix(".json") || path.hasSuffix("/Kustomization")
      || path == "Kustomization"
  }
}
