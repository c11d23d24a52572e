import ZeroTouchManifests
import ZeroTouchModel

extension Survey {
  /// Applications that lead to no others, in a folder beside one whose Applications another Application reads: somebody
  /// moved them there, or forgot to enter them. What speaks of the folder tells people to apply it.
  var applicationsBesideReadOnes: [Rule.Violation] {
    let read = Set(clusters.flatMap(\.applications).compactMap { $0.parent == nil ? nil : fileFolder(of: $0) })
    let parents = Dictionary(read.map { (RepositoryTree.parent(of: $0), $0) }, uniquingKeysWith: min)
    let left = clusters.flatMap { cluster -> [DeployedApplication] in
      cluster.applications.allSatisfy { $0.parent == nil && $0.set == nil } ? cluster.applications : []
    }.filter { application in
      guard let folder = fileFolder(of: application), !folder.isEmpty, !read.contains(folder),
        parents[RepositoryTree.parent(of: folder)] != nil
      else { return false }
      return !isForPeople(folder) && !illustrations.contains(application.manifest.file)
    }
    guard !left.isEmpty else { return [] }
    let texts = scriptTexts + tree.paths.filter { $0.hasSuffix(".md") }.sorted().compactMap(tree.text)
    return left.compactMap { application in
      let folder = RepositoryTree.parent(of: application.manifest.file)
      guard let beside = parents[RepositoryTree.parent(of: folder)],
        !texts.contains(where: { $0.contains("\(folder)/") || $0.contains("-f \(folder)") })
      else { return nil }
      return Rule.Violation(
        at: application.manifest.body.place(at: ["kind"]),
        "`\(application.manifest.title)` is read by nobody, and the Applications in `\(beside)` are",
        remedy: "move it to `\(beside)`, or take the file away")
    }
  }

  /// The folder of an Application that stands in a file.
  private func fileFolder(of application: DeployedApplication) -> String? {
    application.manifest.origin == .file && application.set == nil
      ? RepositoryTree.parent(of: application.manifest.file) : nil
  }

  /// Whether a folder is called like one that people apply to begin with.
  private func isForPeople(_ folder: String) -> Bool {
    let words: Set<Substring> = ["root", "roots", "argocd", "argo", "gitops", "cluster", "clusters", "entry", "main"]
    return folder.split { "/-_".contains($0) }.contains {
      words.contains($0) || RepositoryTree.beginnings.contains($0) || EnvironmentName.isMeant(by: $0)
    }
  }
}

extension RepositoryTree {
  /// What folders are called whose contents people apply before anything else is there.
  static let beginnings: Set<Substring> = ["bootstrap", "init", "install", "setup", "seed"]
}
