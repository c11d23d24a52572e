import ZeroTouchManifests
import ZeroTouchModel

/// Takes the names out of a kustomization and looks where they lead.
struct KustomizationReader {
  let body: LocatedYAML
  let folder: String
  let tree: RepositoryTree

  /// The names of a list of texts.
  func list(_ key: String) -> [Kustomization.Reference] {
    (body[key]?.items ?? []).compactMap { reference($0) }
  }

  var patches: [Kustomization.Reference] {
    let named = items("patches").compactMap { reference($0["path"]) }
    let json = items("patchesJson6902").compactMap { reference($0["path"]) }
    // A merge patch may also stand in the list itself.
    let merged = (body["patchesStrategicMerge"]?.items ?? []).compactMap { item in
      item.text?.contains("\n") == true ? nil : reference(item)
    }
    return named + json + merged
  }

  var inputs: [Kustomization.Reference] {
    let generators = items("configMapGenerator") + items("secretGenerator")
    let files = generators.flatMap { generator in
      (generator["files"]?.items ?? []).compactMap { reference($0, after: "=") }
        + (generator["envs"]?.items ?? []).compactMap { reference($0) }
        + [generator["env"]].compactMap { reference($0) }
    }
    let replacements = items("replacements").compactMap { reference($0["path"]) }
    return files + replacements + ["crds", "configurations", "generators", "transformers", "validators"].flatMap(list)
  }

  private func items(_ key: String) -> [LocatedYAML] { body[key]?.items ?? [] }

  private func reference(_ node: LocatedYAML?, after separator: Character? = nil) -> Kustomization.Reference? {
    guard let node, let text = node.text, !text.contains("\n") else { return nil }
    let path = separator.flatMap { text.firstIndex(of: $0) }.map { String(text[text.index(after: $0)...]) } ?? text
    return Kustomization.Reference(text: path, location: node.location, target: target(of: path))
  }

  private func target(of text: String) -> Kustomization.Target {
    guard !Self.isURL(text) else { return .remote }
    if let path = tree.path(of: text, from: folder) {
      if tree.paths.contains(path) { return .file(path) }
      if path.isEmpty || tree.folders.contains(path) { return .kustomization(path) }
    }
    return Self.mayBeRemote(text) ? .remote : .missing
  }

  private static func isURL(_ text: String) -> Bool {
    text.contains("://") || text.hasPrefix("git@") || text.hasPrefix("git::")
  }

  /// `github.com/org/repo//path?ref=v1` is fetched as well, where nothing of that name lies here.
  private static func mayBeRemote(_ text: String) -> Bool {
    guard !text.hasPrefix("."), !text.hasPrefix("/"), let host = text.split(separator: "/").first, text.contains("/")
    else { return false }
    return text.contains("?ref=") || text.contains("//")
      || ["github.com", "gitlab.com", "bitbucket.org"].contains(host)
  }
}
