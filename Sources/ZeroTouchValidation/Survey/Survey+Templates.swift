import ZeroTouchManifests

extension Survey {
  /// The files that are no YAML yet: another program fills them in first, and nothing reads them as they are. A
  /// repository of many such texts is filled in as a whole before anybody reads it.
  var templates: Set<String> {
    let candidates = tree.files.filter { file in
      file.problems.contains { YAMLTrouble($0) == .syntax } && (file.isUnfilled || hasActions(file))
    }
    guard !candidates.isEmpty, candidates.count <= 2 else { return Set(candidates.map(\.path)) }
    let read = filesReadAsTheyAre
    return Set(candidates.map(\.path).filter { !read.contains($0) })
  }

  /// Whether a text has what template languages put between braces.
  private func hasActions(_ file: SourceFile) -> Bool {
    file.isText && tree.text(of: file.path).map { $0.contains("{{") || $0.contains("{%") } == true
  }

  /// What Applications, kustomizations and Flux read without asking anybody to fill it in.
  private var filesReadAsTheyAre: Set<String> {
    var files = clusters.reduce(into: Set<String>()) { $0.formUnion($1.consumed) }
    for kustomization in kustomizations.all.values {
      files.formUnion((kustomization.resources + kustomization.patches).compactMap(\.file))
    }
    for folder in flux.phases.compactMap(\.folder) where kustomizations[folder] == nil {
      files.formUnion(FluxFolder(folder, tree, kustomizations).files.map(\.path))
    }
    return files
  }
}
