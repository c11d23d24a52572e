/// The kustomizations of a tree, and what each reaches.
package struct KustomizationSet: Sendable {
  /// Everything a kustomization is made of, those it includes counted in.
  package struct Closure: Sendable {
    /// The kustomizations, the asked one first.
    package fileprivate(set) var folders: [String] = []
    /// The files with resources and patches.
    package fileprivate(set) var files: Set<String> = []
    package fileprivate(set) var remotes: [Kustomization.Reference] = []
    package fileprivate(set) var missing: [Kustomization.Reference] = []
    package fileprivate(set) var rendersCharts = false
  }

  /// By folder.
  package let all: [String: Kustomization]
  /// The folders, sorted.
  package let folders: [String]
  /// Those that no other one includes and that are no components: what somebody may build.
  package let tops: [String]
  /// The files that lie beside a kustomization and that it names in a comment alone: nobody applies them.
  package let leftOut: Set<String>

  init(_ tree: RepositoryTree) {
    var all: [String: Kustomization] = [:]
    for file in tree.files {
      guard let kustomization = Kustomization(file, in: tree) else { continue }
      all[kustomization.folder] = all[kustomization.folder] ?? kustomization
    }
    self.all = all
    folders = all.keys.sorted()
    let included = Set(all.values.flatMap { $0.resources + $0.components }.compactMap(\.folder))
    let free = folders.filter { !included.contains($0) && all[$0]?.isComponent == false }
    tops = (free + Self.inCircles(folders, from: free + folders.filter { all[$0]?.isComponent == true }, by: all))
      .sorted()
    leftOut = Self.leftOut(of: tree, by: all)
  }

  /// One of each circle that nothing outside of it leads to: nobody would build it otherwise, and find the circle.
  private static func inCircles(_ folders: [String], from tops: [String], by all: [String: Kustomization]) -> [String] {
    var seen: Set<String> = []
    func reach(_ start: String) {
      var next = [start]
      while let folder = next.popLast() {
        guard seen.insert(folder).inserted, let kustomization = all[folder] else { continue }
        next += (kustomization.resources + kustomization.components).compactMap(\.folder)
      }
    }
    tops.forEach(reach)
    return folders.filter { folder in
      guard !seen.contains(folder) else { return false }
      reach(folder)
      return true
    }
  }

  private static func leftOut(of tree: RepositoryTree, by all: [String: Kustomization]) -> Set<String> {
    let named = Set(all.values.flatMap(\.references).compactMap(\.file))
    let beside = Dictionary(
      grouping: tree.files.map(\.path).filter { !named.contains($0) && all[RepositoryTree.parent(of: $0)] != nil },
      by: RepositoryTree.parent)
    return beside.reduce(into: []) { found, folder in
      guard let kustomization = all[folder.key], let text = tree.text(of: kustomization.file) else { return }
      let words = commented(in: text)
      for path in folder.value where words.contains(path.split(separator: "/").last ?? "") { found.insert(path) }
    }
  }

  /// The words of all comments in a text.
  private static func commented(in text: String) -> Set<Substring> {
    var words: Set<Substring> = []
    for line in text.lines {
      guard let hash = line.firstIndex(of: "#") else { continue }
      words.formUnion(line[hash...].split { " \t#'\"`,:".contains($0) })
    }
    return words
  }

  package subscript(folder: String) -> Kustomization? { all[folder] }

  /// What the kustomization of a folder is made of.
  package func closure(of folder: String) -> Closure {
    var closure = Closure()
    var seen: Set<String> = []
    collect(folder, into: &closure, seen: &seen)
    return closure
  }

  /// The files with objects that the kustomization of a folder brings, those of the kustomizations in it counted in.
  func resources(behind folder: String) -> [String] {
    closure(of: folder).folders.flatMap { all[$0]?.resources.compactMap(\.file) ?? [] }
  }

  private func collect(_ folder: String, into closure: inout Closure, seen: inout Set<String>) {
    guard seen.insert(folder).inserted, let kustomization = all[folder] else { return }
    closure.folders.append(folder)
    closure.rendersCharts = closure.rendersCharts || kustomization.rendersCharts
    for reference in kustomization.references {
      switch reference.target {
      case .file(let path): closure.files.insert(path)
      case .kustomization(let other): collect(other, into: &closure, seen: &seen)
      case .remote: closure.remotes.append(reference)
      case .missing: closure.missing.append(reference)
      }
    }
  }
}

extension Kustomization.Reference {
  /// The folder it leads to, where it leads to one.
  package var folder: String? { if case .kustomization(let folder) = target { folder } else { nil } }
  /// The file it leads to, where it leads to one.
  package var file: String? { if case .file(let path) = target { path } else { nil } }
}
