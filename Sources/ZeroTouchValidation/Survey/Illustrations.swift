import ZeroTouchManifests

/// The files that show or test something, or were left out on purpose, and that nothing outside brings to a cluster.
package struct Illustrations: Sendable {
  private let tree: RepositoryTree
  /// The files that somebody applies all the same.
  private let applied: Set<String>
  /// The folders that are called like something to look at and of which something is applied.
  private let used: Set<String>
  private let leftOut: Set<String>

  private static let names: Set<Substring> = [
    "docs", "doc", "documentation", "design", "snippets", "examples", "example", "samples", "sample", "fixtures",
    "hack",
    "tests", "e2e", "integration-tests",
  ]
  /// What people call folders for things that they keep and no longer apply.
  private static let attics: Set<Substring> = [
    ".archive", "_archive", "archive", "archived", ".archived", "_archived", "attic", "deprecated", ".disabled",
    "_disabled",
  ]
  /// Where a folder called `test` is the environment of that name.
  private static let environments: Set<Substring> = [
    "overlays", "environments", "envs", "env", "clusters", "stages", "dev", "development", "staging", "stage", "prod",
    "production",
  ]

  init(tree: RepositoryTree, kustomizations: KustomizationSet, clusters: [ClusterView], manifests: [Manifest]) {
    self.tree = tree
    var applied: Set<String> = []
    func isShown(_ path: String) -> Bool { Self.marks(path.split(separator: "/")[...], in: tree) }
    for cluster in clusters where !isShown(cluster.entry) { applied.formUnion(cluster.consumed) }
    var phases = Set(Self.fluxFolders(manifests, isShown)).subtracting([""])
    for folder in phases.sorted() where kustomizations[folder] == nil && tree.folders.contains(folder) {
      let taken = FluxFolder(folder, tree, kustomizations)
      applied.formUnion(taken.files.map(\.path))
      phases.formUnion(taken.kustomizations)
    }
    for folder in kustomizations.folders where !isShown(folder) || applied.contains(folder) || phases.contains(folder) {
      let closure = kustomizations.closure(of: folder)
      applied.formUnion(closure.files)
      applied.formUnion(closure.folders.compactMap { kustomizations[$0]?.file })
    }
    self.applied = applied
    used = Set(applied.map(RepositoryTree.parent)).filter(isShown)
    leftOut = kustomizations.leftOut
  }

  /// Whether a file is there to be looked at, not to be applied.
  package func contains(_ path: String) -> Bool {
    if leftOut.contains(path) { return !applied.contains(path) }
    let parts = path.split(separator: "/")
    guard Self.marks(parts.dropLast(), in: tree) || Self.isTest(parts.last ?? "") else { return false }
    let folders = parts.indices.dropLast().map { parts[...$0].joined(separator: "/") }
    return !applied.contains(path) && !folders.contains(where: used.contains)
  }

  /// Whether a file was put away and nobody applies it any more: what it would break, it does not break.
  package func isPutAway(_ path: String) -> Bool {
    path.split(separator: "/").dropLast().contains(where: Self.attics.contains) && contains(path)
  }

  /// Whether a file is there to be looked at, and what it holds is made up: what was put away was true once.
  package func isSample(_ path: String) -> Bool { contains(path) && !isPutAway(path) }

  /// The topmost folder that a file was put away in.
  func attic(of path: String) -> String? {
    guard isPutAway(path) else { return nil }
    let parts = path.split(separator: "/")
    return parts.firstIndex(where: Self.attics.contains).map { parts[...$0].joined(separator: "/") }
  }

  /// The folders that Flux applies.
  private static func fluxFolders(_ manifests: [Manifest], _ isShown: (String) -> Bool) -> [String] {
    manifests.filter { $0.kind == "Kustomization" && $0.group == "kustomize.toolkit.fluxcd.io" && !isShown($0.file) }
      .compactMap { $0["spec", "path"]?.text }
      .compactMap { RepositoryTree.resolve($0.hasPrefix("/") ? String($0.dropFirst()) : $0, from: "") }
  }

  /// Whether one of the folders of a path is called like something to look at.
  private static func marks(_ folders: ArraySlice<Substring>, in tree: RepositoryTree) -> Bool {
    folders.indices.contains { index in
      let name = folders[index]
      if name == "test" { return !isEnvironment(folders[folders.startIndex..<index], in: tree) }
      // What a chart is tried out with.
      if name == "ci" { return tree.charts.contains(folders[folders.startIndex..<index].joined(separator: "/")) }
      return names.contains(name) || attics.contains(name)
    }
  }

  /// Whether the folder `test` in a folder stands beside other environments.
  private static func isEnvironment(_ parents: ArraySlice<Substring>, in tree: RepositoryTree) -> Bool {
    let parent = parents.joined(separator: "/")
    return parents.last.map(environments.contains) == true
      || environments.contains { tree.folders.contains(parent.isEmpty ? String($0) : "\(parent)/\($0)") }
  }

  private static func isTest(_ file: Substring) -> Bool {
    let name = file.prefix { $0 != "." }
    return name.hasSuffix("_test") || name.hasSuffix("-test")
  }
}
