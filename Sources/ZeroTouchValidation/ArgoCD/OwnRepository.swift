import ZeroTouchManifests

/// Under which addresses Applications mean the very repository they lie in.
struct OwnRepository: Sendable {
  private let addresses: Set<String>

  /// An address is the repository's own where at least half of the paths asked of it exist here.
  ///
  /// - Parameter applications: Applications and ApplicationSets.
  init(applications: [Manifest], tree: RepositoryTree) {
    var existing: [String: Int] = [:]
    var found: [String: Set<String>] = [:]
    var asked: [String: Int] = [:]
    let questions =
      applications.flatMap(ApplicationSource.all).compactMap(Self.question)
      + applications.filter(\.isApplicationSet).flatMap {
        Self.questions(of: $0["spec", "generators"]) + Self.questions(ofTemplate: $0["spec", "template", "spec"])
      }
    for (repoURL, folder) in questions {
      guard let path = tree.path(of: folder), !path.isEmpty else { continue }
      let address = Self.normalized(repoURL)
      asked[address, default: 0] += 1
      guard tree.folders.contains(path) || tree.paths.contains(path) else { continue }
      existing[address, default: 0] += 1
      found[address, default: []].insert(path)
    }
    let remotes = Set(tree.remotes.map(Self.normalized))
    let likely = existing.filter { $0.value * 2 >= asked[$0.key] ?? 0 }
    let main = likely.max { left, right in
      (remotes.contains(left.key) ? 1 : 0, left.value, right.key) < (
        remotes.contains(right.key) ? 1 : 0, right.value, left.key
      )
    }?.key
    let kept = likely.keys.filter { address in
      address == main || remotes.contains(address) || Self.isKin(address, to: main ?? "", sharing: found[address] ?? [])
    }
    // A checkout's own remotes are its own, whatever is asked of them.
    addresses = Set(kept).union(remotes.filter { asked[$0] != nil })
  }

  /// Whether an address may stand for the same repository as the one most paths are asked of: a fork or a copy of it has
  /// its name or its owner, and more of its paths than one folder of a common name, such as `deploy`.
  static func isKin(_ address: String, to main: String, sharing paths: Set<String>) -> Bool {
    let (own, other) = (main.split(separator: "/"), address.split(separator: "/"))
    return own.last == other.last || own.dropLast() == other.dropLast()
      || paths.count > 1 || paths.contains { $0.contains("/") }
  }

  private static func question(_ source: ApplicationSource) -> (repoURL: String, folder: String)? {
    guard source.chart == nil, !source.onlyLends else { return nil }
    return source.folder.map { (source.repoURL, $0) }
  }

  /// What git generators read, up to the first part with a pattern.
  private static func questions(of generators: LocatedYAML?) -> [(repoURL: String, folder: String)] {
    (generators?.items ?? []).flatMap { generator -> [(repoURL: String, folder: String)] in
      let nested = ["matrix", "merge"].flatMap { questions(of: generator[$0]?["generators"]) }
      guard let git = generator["git"], let repoURL = git["repoURL"]?.text, !repoURL.contains("{{") else {
        return nested
      }
      let paths = ["directories", "files"].flatMap { git[$0]?.items ?? [] }.compactMap { $0["path"]?.text }
      return nested
        + paths.map { path in
          (repoURL, fixed(path))
        }
    }
  }

  /// What the template of an ApplicationSet reads, as far as all of its Applications read it.
  private static func questions(ofTemplate spec: LocatedYAML?) -> [(repoURL: String, folder: String)] {
    (spec?["sources"]?.items ?? [spec?["source"]].compactMap(\.self)).compactMap { source in
      guard source["chart"] == nil, let repoURL = source["repoURL"]?.text, !repoURL.contains("{{") else { return nil }
      return source["path"]?.text.map { (repoURL, fixed($0)) }
    }
  }

  /// The parts of a path before the first one with a pattern or a parameter.
  private static func fixed(_ path: String) -> String {
    path.split(separator: "/").prefix { part in !part.contains { "*?[{".contains($0) } }.joined(separator: "/")
  }

  func answers(for repoURL: String) -> Bool { addresses.contains(Self.normalized(repoURL)) }

  /// `git@host:org/name` and `ssh://git@host/org/name` are `https://host/org/name`.
  static func normalized(_ url: String) -> String {
    var text = ChartReference.normalized(url)
    for prefix in ["https://", "http://", "ssh://"] where text.hasPrefix(prefix) { text.removeFirst(prefix.count) }
    guard let at = text.firstIndex(of: "@") else { return text }
    return String(text[text.index(after: at)...].replacing(":", with: "/"))
  }
}
