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

  init(_ tree: RepositoryTree) {
    var all: [String: Kustomization] = [:]
    for file in tree.files {
      guard let kustomization = Kustomization(file, in: tree) else { continue }
      all[kustomization.folder] = all[kustomization.folder] ?? kustomization
    }
    self.all = all
    folders = all.keys.sorted()
    let included = Set(all.values.flatMap { $0.resources + $0.components }.compactMap(\.folder))
    tops = folders.filter { !included.contains($0) && all[$0]?.isComponent == false }
  }

  package subscript(folder: String) -> Kustomization? { all[folder] }

  /// What the kustomization of a folder is made of.
  package func closure(of folder: String) -> Closure {
    var closure = Closure()
    var seen: Set<String> = []
    collect(folder, into: &closure, seen: &seen)
    return closure
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
