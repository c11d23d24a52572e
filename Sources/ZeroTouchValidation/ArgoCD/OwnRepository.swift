import ZeroTouchManifests

/// Under which addresses Applications mean the very repository they lie in.
struct OwnRepository: Sendable {
  private let addresses: Set<String>

  /// An address is the repository's own where at least half of the paths asked of it exist here.
  init(applications: [Manifest], tree: RepositoryTree) {
    var existing: [String: Int] = [:]
    var asked: [String: Int] = [:]
    for source in applications.flatMap(ApplicationSource.all) where source.chart == nil && !source.onlyLends {
      guard let folder = source.folder, let path = RepositoryTree.resolve(folder, from: ""), !path.isEmpty else {
        continue
      }
      let address = Self.normalized(source.repoURL)
      asked[address, default: 0] += 1
      if tree.folders.contains(path) { existing[address, default: 0] += 1 }
    }
    addresses = Set(existing.filter { $0.value * 2 >= asked[$0.key] ?? 0 }.keys)
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
