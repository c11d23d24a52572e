import ZeroTouchManifests
import ZeroTouchModel

extension Survey {
  /// Folders that nobody reads beside those that Applications or Flux read: somebody forgot to enter them.
  var foldersBesideReadOnes: [Rule.Violation] {
    let read = FoldersRead(self)
    let siblings = Dictionary(grouping: read.named.filter { !$0.isEmpty }, by: RepositoryTree.parent)
    let parents = siblings.filter { !$0.key.isEmpty && !read.isChosen(from: $0.key) }
    guard !parents.isEmpty else { return [] }
    let children = Dictionary(grouping: tree.folders, by: RepositoryTree.parent)
    let scripts = scriptTexts
    return parents.sorted { $0.key < $1.key }.flatMap { parent, known -> [Rule.Violation] in
      (children[parent] ?? []).sorted().compactMap { folder in
        guard !read.reaches(folder), let first = firstObject(in: folder), !illustrations.contains(first.file),
          known.count > 1 || isAlike(folder, to: known[0]), !scripts.contains(where: { $0.contains(folder) })
        else { return nil }
        let others = known.count == 1 ? "`\(known[0])` beside it is" : "\(known.count) beside it are"
        return Rule.Violation(
          at: first.body.place(at: ["kind"]), "the folder `\(folder)` is read by nobody, and \(others)")
      }
    }
  }

  /// Whether a folder is of the same make as the only one beside it that is read, and not a part of it, or the same for
  /// another cluster.
  private func isAlike(_ folder: String, to other: String) -> Bool {
    let words: Set<Substring> = [
      "base", "bases", "common", "component", "components", "config", "crd", "crds", "lib", "shared", "overlay",
      "overlays",
    ]
    let places: Set<Substring> = [
      "clusters", "environments", "envs", "overlays", "regions", "sites", "stages", "tenants",
    ]
    let names = [folder, other].flatMap { $0.split(separator: "/").suffix(1) }
    let above = folder.split(separator: "/").dropLast().last ?? ""
    guard words.isDisjoint(with: names), !names.contains(where: EnvironmentName.isMeant), !places.contains(above),
      firstObject(in: other) != nil
    else { return false }
    return (kustomizations[folder] == nil) == (kustomizations[other] == nil)
  }

  /// The first object of a folder that holds objects itself: in its kustomization, or beside it.
  private func firstObject(in folder: String) -> Manifest? {
    guard kustomizations[folder]?.isComponent != true, !tree.charts.contains(folder) else { return nil }
    let objects = tree.files(below: folder).filter { $0.folder == folder }
      .flatMap { Manifest.all(in: $0.documents) }.filter(\.isMeantForClusters)
    // A folder of Applications is one that people apply to begin with, whatever else lies in it.
    return objects.contains(where: \.leadsOn) ? nil : objects.first
  }

  var scriptTexts: [String] {
    tree.paths.filter { HomePath.isScript($0) || $0.hasPrefix(".github/workflows/") }.sorted().compactMap(tree.text)
  }

  /// The patterns of ApplicationSets that match nothing of this repository.
  var generatorsOfNothing: [Rule.Violation] {
    let own = OwnRepository(applications: applications.map(\.application.manifest) + sets, tree: tree)
    return sets.flatMap { set -> [Rule.Violation] in
      (set["spec", "generators"]?.items ?? []).enumerated().flatMap { index, generator -> [Rule.Violation] in
        guard let git = generator["git"], let address = git["repoURL"]?.text, own.answers(for: address),
          !OwnSource.isPinned(git["revision"]?.text ?? "")
        else { return [] }
        return unmatched(git, at: ["spec", "generators", String(index), "git"]).map { path, pattern in
          Rule.Violation(
            at: place(of: set, at: path),
            "the ApplicationSet `\(set.name)` makes an Application of each `\(pattern)`, and nothing here is that")
        }
      }
    }
  }

  private var sets: [Manifest] { clusters.flatMap(\.objects).map(\.manifest).filter(\.isApplicationSet) }

  private func unmatched(_ git: LocatedYAML, at base: [String]) -> [(path: [String], pattern: String)] {
    ["directories", "files"].flatMap { list in
      (git[list]?.items ?? []).enumerated().compactMap { index, item -> (path: [String], pattern: String)? in
        guard item["exclude"]?.scalar != .bool(true), let text = item["path"]?.text, !text.contains("{{") else {
          return nil
        }
        let pattern = PathPattern(text)
        let candidates = list == "files" ? tree.paths : tree.folders
        guard !candidates.contains(where: pattern.matches) else { return nil }
        return (base + [list, String(index), "path"], text)
      }
    }
  }
}

/// The folders that Applications of this repository, Flux and kustomizations read.
private struct FoldersRead {
  /// Those that are named themselves.
  let named: Set<String>
  /// Those in which an ApplicationSet chooses: what it leaves out, it leaves out on purpose.
  private let chosenFrom: Set<String>
  /// Those in which somebody looks for a folder that is not there: the misspelling is the fault.
  private let misspelt: Set<String>
  /// Those on the way to a named one, and those from which a kustomization takes something.
  private let used: Set<String>

  init(_ survey: Survey) {
    let applications = survey.ownSources
    let phases = survey.manifests(ofKind: "Kustomization").filter { $0.group == "kustomize.toolkit.fluxcd.io" }
      .compactMap { $0["spec", "path"]?.text }
    named = Set((applications.compactMap(\.source.folder) + phases).compactMap { survey.tree.path(of: $0) })
    let sought = survey.applications.flatMap(\.application.sources).compactMap(\.folder) + phases
    misspelt = Set(
      sought.compactMap { survey.tree.path(of: $0) }.filter { !survey.tree.folders.contains($0) }
        .map(RepositoryTree.parent))
    chosenFrom = Set(
      applications.filter { $0.application.set != nil }.compactMap { $0.source.folder.map(RepositoryTree.parent) })
    let references = survey.kustomizations.all.values.flatMap(\.references)
    var used = Set(references.compactMap(\.folder) + references.compactMap { $0.file.map(RepositoryTree.parent) })
    used.subtract(survey.kustomizations.tops)
    for folder in named {
      var above = RepositoryTree.parent(of: folder)
      while !above.isEmpty, used.insert(above).inserted { above = RepositoryTree.parent(of: above) }
    }
    for cluster in survey.clusters { used.formUnion(cluster.consumed.map(RepositoryTree.parent)) }
    self.used = used
  }

  /// Whether what is left out of a folder is left out on purpose, or by a fault that is told elsewhere.
  func isChosen(from folder: String) -> Bool { chosenFrom.contains(folder) || misspelt.contains(folder) }

  /// Whether one of them reads a folder: it, something above it, or something of it.
  func reaches(_ folder: String) -> Bool {
    if named.contains(folder) || used.contains(folder) { return true }
    var above = RepositoryTree.parent(of: folder)
    while !above.isEmpty {
      if named.contains(above) { return true }
      above = RepositoryTree.parent(of: above)
    }
    return named.contains("")
  }
}
