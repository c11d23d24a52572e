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
      guard let own = survey.ownAddress(of: sources) else { return [] }
      let count = sources.count { $0.address == own.address }
      return sources.filter { $0.address != own.address && survey.mayBeCopy($0, of: own, in: sources) }.map {
        Violation(
          at: survey.place(of: $0.application.manifest, at: $0.source.path + ["repoURL"]),
          "the Application `\($0.application.name)` follows `\($0.source.repoURL)`, and \(count) "
            + "\(count == 1 ? "other of this repository follows" : "others of this repository follow") "
            + "`\(own.source.repoURL)`")
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
        guard let usual = sources.mostCommon(by: \.revision), usual.count >= 2, usual.count * 2 > sources.count,
          !EditBranch.isNamed(usual.value)
        else {
          return sources.filter { EditBranch.isNamed($0.revision) }.map {
            Violation(
              at: survey.place(of: $0.application.manifest, at: $0.source.path + ["targetRevision"]),
              "the Application `\($0.application.name)` follows `\($0.revision)`, the branch of an edit")
          }
        }
        return sources.filter { $0.revision != usual.value && !$0.isPinned }.map {
          Violation(
            at: survey.place(of: $0.application.manifest, at: $0.source.path + ["targetRevision"]),
            "the Application `\($0.application.name)` follows `\($0.revision)`, and its siblings `\(usual.value)`")
        }
      }
    })
}

/// Branches that people make for one change and delete when it is merged.
enum EditBranch {
  private static let beginnings = [
    "feature/", "feat/", "fix/", "bugfix/", "hotfix/", "wip/", "wip-", "try-", "tmp/", "dependabot/", "renovate/",
    "chore/", "refactor/", "pr/", "patch-1",
  ]

  static func isNamed(_ revision: String) -> Bool {
    let name = revision.hasPrefix("refs/heads/") ? String(revision.dropFirst(11)) : revision
    return beginnings.contains(where: name.lowercased().hasPrefix)
  }
}

/// A source that reads a folder which this tree has.
struct OwnSource {
  let application: DeployedApplication
  let source: ApplicationSource

  var address: String { OwnRepository.normalized(source.repoURL) }
  var revision: String { source.revision.isEmpty ? "HEAD" : source.revision }
  /// A tag or a commit is a choice, not a leftover.
  var isPinned: Bool { Self.isPinned(revision) }

  static func isPinned(_ revision: String) -> Bool {
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
          let folder = tree.path(of: name), !folder.isEmpty, tree.folders.contains(folder)
        else { return nil }
        return OwnSource(application: application, source: source)
      }
    }
  }
}

extension Survey {
  /// The source whose address is this repository's: a remote of the checkout, what most have, or, where two are even, what
  /// the first Application that people apply has.
  fileprivate func ownAddress(of sources: [OwnSource]) -> OwnSource? {
    let remotes = Set(tree.remotes.map(OwnRepository.normalized))
    let known = sources.filter { remotes.contains($0.address) }
    return (known.mostCommon(by: \.address) ?? sources.mostCommon(by: \.address))?.element
      ?? sources.first { $0.application.parent == nil }
  }

  /// Whether a source reads a copy of a folder here, and not another project that has one of the same name.
  fileprivate func mayBeCopy(_ source: OwnSource, of own: OwnSource, in sources: [OwnSource]) -> Bool {
    let (name, ours) = (source.address.split(separator: "/"), own.address.split(separator: "/"))
    // A folder of one machine is told as such.
    guard !source.source.repoURL.hasPrefix("file:") else { return false }
    // A fork or a template has the repository's own name.
    if name.last == ours.last { return true }
    let folder = source.source.folder ?? ""
    guard !source.isPinned, catalogue.entries(of: folder, in: source.source.repoURL).isEmpty else { return false }
    // Even numbers tell nothing of repositories with different names.
    return folder.contains("/") && sources.count { $0.address == own.address } > 1
  }
}
