/// What Flux takes of a folder without a kustomization, for which it writes one: every file below it, but of a folder
/// with a kustomization what that one brings, and nothing else.
struct FluxFolder {
  /// The files that it takes by themselves.
  private(set) var files: [SourceFile] = []
  /// The topmost folders with a kustomization, sorted.
  private(set) var kustomizations: [String] = []

  init(_ folder: String, _ tree: RepositoryTree, _ known: KustomizationSet) {
    var topmost: [String: String?] = [folder: known[folder].map { _ in folder }]
    // The uppermost kustomization on the way from the asked folder to another one; each folder is asked once.
    func keeper(of other: String) -> String? {
      if let answer = topmost[other] { return answer }
      let answer = keeper(of: RepositoryTree.parent(of: other)) ?? known[other].map { _ in other }
      topmost[other] = answer
      return answer
    }
    var found: Set<String> = []
    for file in tree.files(below: folder) {
      if let kustomization = keeper(of: file.folder) { found.insert(kustomization) } else { files.append(file) }
    }
    kustomizations = found.sorted()
  }
}
