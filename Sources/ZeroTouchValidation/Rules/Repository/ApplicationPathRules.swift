import ZeroTouchManifests
import ZeroTouchModel

/// What Applications read of the repository they lie in.
extension Rule {
  static let applicationNamesMissing = Rule(
    "ZT106", .error, "an Application names a path that does not exist",
    why: "the Application stays at Unknown with a comparison error, and everything behind its wave waits",
    remedy: "correct the path, or take the Application away",
    example: Example(wrong: "path: apps/shpo", right: "path: apps/shop"),
    check: { survey in
      survey.lentByNobody
        + survey.eachOwnSource { application, source in
          // What a tag or a commit has need not lie here any more, or not yet.
          OwnSource(application: application, source: source).isPinned
            ? []
            : survey.missingPaths(of: source, in: application).map { path, name in
              Violation(
                at: survey.place(of: application.manifest, at: path),
                "the Application `\(application.name)` reads `\(name)`, which does not exist")
            }
        }
    })

  static let sourceWithoutManifests = Rule(
    "ZT109", .error, "a folder in which an Application finds nothing",
    why: "Argo CD deploys nothing and calls it Synced and Healthy",
    remedy: "correct `directory.include`, set `directory.recurse: true`, or name the folder with the manifests",
    example: Example(
      wrong: "path: apps\ndirectory: {include: \"*.yml\"}  # the files end in .yaml",
      right: "path: apps\ndirectory: {include: \"*.yaml\"}"),
    check: { survey in
      survey.generatorsOfNothing
        + survey.eachOwnSource { application, source in
          guard let read = survey.filesRead(by: source), read.manifests.isEmpty else { return [] }
          let key = source.node["directory"]?["include"] != nil ? ["directory", "include"] : ["path"]
          let pattern = source.node["directory"]?["include"]?.text.map { " by the pattern `\($0)`" } ?? ""
          return [
            Violation(
              at: survey.place(of: application.manifest, at: source.path + key),
              "the Application `\(application.name)` finds no manifest in `\(source.folder ?? "")`\(pattern)")
          ]
        }
    })

  static let applicationsMissed = Rule(
    "ZT110", .warning, "manifests in a folder that nobody reads",
    why: "without `recurse` only the folder itself is read, and a pattern leaves out what it does not match",
    remedy: "widen `directory.include`, set `directory.recurse: true`, or take the file away",
    example: Example(
      wrong: "path: apps  # with apps/shop/application.yaml", right: "path: apps\ndirectory: {recurse: true}"),
    check: { survey in
      let reached = survey.reachedFiles
      return survey.eachOwnSource { application, source in
        guard let read = survey.filesRead(by: source), !read.manifests.isEmpty else { return [] }
        let missed = survey.filesMissed(by: source, below: read.folder, reached)
        let options = source.node["directory"]
        let key = options?["include"] != nil ? ["directory", "include"] : ["path"]
        return missed.map {
          Violation(
            at: survey.place(of: application.manifest, at: source.path + key),
            "the Application `\(application.name)` reads `\(read.folder)` and leaves out `\($0)`")
        }
      }
    })
}

extension Survey {
  /// What a rule says of every source that lies in this repository.
  fileprivate func eachOwnSource(
    _ judge: (DeployedApplication, ApplicationSource) -> [Rule.Violation]
  ) -> [Rule.Violation] {
    let own = OwnRepository(applications: applications.map(\.application.manifest), tree: tree)
    return applications.flatMap { _, application in
      application.sources.flatMap { source in
        source.chart == nil && own.answers(for: source.repoURL) ? judge(application, source) : []
      }
    }
  }

  /// The paths a source names and the tree does not have, each with its place in the Application.
  fileprivate func missingPaths(
    of source: ApplicationSource, in application: DeployedApplication
  ) -> [(path: [String], name: String)] {
    var missing: [(path: [String], name: String)] = []
    if let name = source.folder, !Self.isFilledIn(name), let folder = tree.path(of: name),
      !folder.isEmpty, !tree.folders.contains(folder)
    {
      missing.append((source.path + ["path"], name))
    }
    for lender in application.sources where lender.helm?["ignoreMissingValueFiles"]?.scalar?.boolValue != true {
      for (index, item) in (lender.helm?["valueFiles"]?.items ?? []).enumerated() {
        guard let name = item.text, let path = valueFile(name, of: lender, lentBy: source), !tree.paths.contains(path)
        else { continue }
        missing.append((lender.path + ["helm", "valueFiles", String(index)], name))
      }
    }
    return missing
  }

  /// The file a name of `valueFiles` means, where the given source is the one that has it.
  private func valueFile(
    _ name: String, of user: ApplicationSource, lentBy source: ApplicationSource
  ) -> String? {
    guard !Self.isFilledIn(name), !name.contains("://") else { return nil }
    guard name.hasPrefix("$") else {
      guard user.path == source.path, let folder = source.folder, tree.folders.contains(folder) else { return nil }
      return RepositoryTree.resolve(name, from: name.hasPrefix("/") ? "" : folder)
    }
    let parts = name.dropFirst().split(separator: "/", maxSplits: 1)
    guard parts.count == 2, source.node["ref"]?.text == String(parts[0]) else { return nil }
    return tree.path(of: String(parts[1]))
  }

  /// Value files that an Application takes from a source which none of its own is called.
  fileprivate var lentByNobody: [Rule.Violation] {
    applications.flatMap { _, application -> [Rule.Violation] in
      let lenders = Set(application.sources.compactMap { $0.node["ref"]?.text })
      return application.sources.flatMap { source in
        (source.helm?["valueFiles"]?.items ?? []).enumerated().compactMap { index, item -> Rule.Violation? in
          guard let text = item.text, text.hasPrefix("$"), text.contains("/"), !Self.isFilledIn(text),
            case let name = String(text.dropFirst().prefix { $0 != "/" }), !name.hasPrefix("ARGOCD_"),
            !lenders.contains(name)
          else { return nil }
          return Rule.Violation(
            at: place(of: application.manifest, at: source.path + ["helm", "valueFiles", String(index)]),
            "the Application `\(application.name)` takes `\(text)`, and none of its sources has `ref: \(name)`",
            remedy: "give the source with that file this `ref`, or write the one that it has")
        }
      }
    }
  }

  /// A text that somebody else completes.
  private static func isFilledIn(_ text: String) -> Bool { text.contains("{{") || text.contains("${") }

  /// What Argo CD reads of a plain folder; nil for everything else.
  fileprivate func filesRead(by source: ApplicationSource) -> (folder: String, manifests: Set<String>)? {
    guard let name = source.folder, let folder = tree.path(of: name),
      folder.isEmpty || tree.folders.contains(folder),
      case .directory(let files) = SourceDetection(source, folder, in: tree)
    else { return nil }
    // A file that cannot be read is no proof that there is nothing.
    let holding = files.filter { path in
      guard let file = tree[path] else { return false }
      return !file.problems.isEmpty || !Manifest.all(in: file.documents).isEmpty
    }
    return tree.jsonnet.contains(folder) ? nil : (folder, Set(holding))
  }

  /// Everything that some Application or kustomization reads.
  fileprivate var reachedFiles: Set<String> {
    var files = Set(clusters.flatMap(\.consumed))
    for kustomization in kustomizations.all.values { files.formUnion(kustomization.references.compactMap(\.file)) }
    return files
  }

  /// The files with objects below a folder that its Application leaves out and nobody else reads: every one with
  /// Applications, and the first of the others.
  fileprivate func filesMissed(
    by source: ApplicationSource, below folder: String, _ reached: Set<String>
  ) -> [String] {
    let missed = tree.files(below: folder).filter { file in
      !reached.contains(file.path) && !isExcluded(file.path, by: source, from: folder)
        && !isInsideKustomization(file.path, below: folder) && !illustrations.contains(file.path)
        && Manifest.all(in: file.documents).contains { $0.isMeantForClusters }
    }
    let leading = missed.filter { Manifest.all(in: $0.documents).contains { $0.leadsOn } }
    guard leading.isEmpty, let first = missed.first else { return leading.map(\.path) }
    return [first.path]
  }

  /// Whether somebody said in so many words that the file does not count.
  fileprivate func isExcluded(_ path: String, by source: ApplicationSource, from folder: String) -> Bool {
    guard let pattern = source.node["directory"]?["exclude"]?.text, !pattern.isEmpty else { return false }
    return FileGlob(pattern).matches(String(path.dropFirst(folder.isEmpty ? 0 : folder.count + 1)))
  }

  /// Whether a kustomization or a chart on the way decides about the file.
  fileprivate func isInsideKustomization(_ path: String, below top: String) -> Bool {
    var folder = RepositoryTree.parent(of: path)
    while folder != top, !folder.isEmpty {
      if kustomizations[folder] != nil || tree.charts.contains(folder) { return true }
      folder = RepositoryTree.parent(of: folder)
    }
    return false
  }
}
