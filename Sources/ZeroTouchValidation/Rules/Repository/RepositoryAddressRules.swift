import ZeroTouchManifests
import ZeroTouchModel

/// Which repository and which revision Applications follow.
extension Rule {
  static let foreignRepository = Rule(
    "ZT111", .error, "an Application follows another repository than its siblings",
    why: "what is changed here never reaches the cluster: the Application reads a copy of the folder somewhere else",
    remedy: "write the repository's own address, the one its siblings have",
    example: Example(
      wrong: "repoURL: https://github.com/somebody/platform.git", right: "repoURL: https://github.com/ours/platform.git"
    ),
    check: { survey in
      let sources = survey.ownSources
      guard let own = sources.mostCommon(by: \.address) else { return [] }
      return sources.filter { $0.address != own.value }.map {
        Violation(
          at: survey.place(of: $0.application.manifest, at: $0.source.path + ["repoURL"]),
          "the Application `\($0.application.name)` follows `\($0.source.repoURL)`, and \(own.count) others of this "
            + "repository follow `\(own.element.source.repoURL)`")
      }
    })

  static let foreignRevision = Rule(
    "ZT116", .error, "an Application follows another branch than its siblings",
    why: "a branch of an edit stays behind when it is merged, and the Application stands still",
    remedy: "write the revision its siblings have",
    example: Example(wrong: "targetRevision: fix-the-shop", right: "targetRevision: main"),
    check: { survey in
      survey.clusters.flatMap { cluster -> [Violation] in
        let sources = survey.ownSources(in: cluster)
        guard let usual = sources.mostCommon(by: \.revision), usual.count >= 2, usual.count * 2 > sources.count else {
          return []
        }
        return sources.filter { $0.revision != usual.value && !$0.isPinned }.map {
          Violation(
            at: survey.place(of: $0.application.manifest, at: $0.source.path + ["targetRevision"]),
            "the Application `\($0.application.name)` follows `\($0.revision)`, and its siblings `\(usual.value)`")
        }
      }
    })
}

/// A source that reads a folder which this tree has.
struct OwnSource {
  let application: DeployedApplication
  let source: ApplicationSource

  var address: String { OwnRepository.normalized(source.repoURL) }
  var revision: String { source.revision.isEmpty ? "HEAD" : source.revision }
  /// A tag or a commit is a choice, not a leftover.
  var isPinned: Bool {
    SemanticVersion(revision) != nil || (revision.count >= 7 && revision.allSatisfy(\.isHexDigit))
      || revision.hasPrefix("refs/tags/") || revision.contains("{{") || revision.contains("${")
      || (revision.hasPrefix("v") && revision.dropFirst().first?.isNumber == true)
  }
}

extension Array where Element == OwnSource {
  /// What most of them have; nil where none has more than the others.
  func mostCommon(by key: (OwnSource) -> String) -> (value: String, count: Int, element: OwnSource)? {
    let groups = Dictionary(grouping: self, by: key)
    let sorted = groups.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    guard let first = sorted.first, let element = first.value.first else { return nil }
    if sorted.count > 1, sorted[1].value.count == first.value.count { return nil }
    return (first.key, first.value.count, element)
  }
}

extension Survey {
  /// The sources of all clusters whose folders lie here.
  var ownSources: [OwnSource] { clusters.flatMap(ownSources) }

  func ownSources(in cluster: ClusterView) -> [OwnSource] {
    cluster.applications.flatMap { application in
      application.sources.compactMap { source in
        guard source.chart == nil, !source.onlyLends, !source.repoURL.isEmpty, let name = source.folder,
          let folder = RepositoryTree.resolve(name, from: ""), !folder.isEmpty, tree.folders.contains(folder)
        else { return nil }
        return OwnSource(application: application, source: source)
      }
    }
  }
}
