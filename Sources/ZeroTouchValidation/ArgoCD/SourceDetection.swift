import ZeroTouchManifests
import ZeroTouchModel

/// What Argo CD takes a folder for, by what lies in it and what the source says.
enum SourceDetection: Sendable {
  case kustomization
  /// The files whose manifests count.
  case directory([String])
  /// The files with the definitions that a chart brings along.
  case chart([String])
  case unknown(String)

  init(_ source: ApplicationSource, _ folder: String, in tree: RepositoryTree) {
    func has(_ name: String) -> Bool { tree.paths.contains(folder.isEmpty ? name : "\(folder)/\(name)") }
    let isPlain = source.node["directory"] != nil
    if source.helm != nil || (!isPlain && has("Chart.yaml")) {
      self = .chart(tree.files(below: folder.isEmpty ? "crds" : "\(folder)/crds").map(\.path))
    } else if source.node["kustomize"] != nil || (!isPlain && Kustomization.names.contains(where: has)) {
      self = .kustomization
    } else if source.node["plugin"] != nil {
      self = .unknown("a plugin renders `\(folder)`: what it brings is unknown")
    } else {
      self = .directory(Self.files(source, folder, tree))
    }
  }

  private static func files(_ source: ApplicationSource, _ folder: String, _ tree: RepositoryTree) -> [String] {
    let options = source.node["directory"]
    let recurses = options?["recurse"]?.scalar?.boolValue ?? false
    func glob(_ key: String) -> FileGlob? { options?[key]?.text.flatMap { $0.isEmpty ? nil : FileGlob($0) } }
    let include = glob("include")
    let exclude = glob("exclude")
    let cut = folder.isEmpty ? 0 : folder.utf8.count + 1
    return tree.files(below: folder).map(\.path).filter { path in
      let name = String(path.utf8.dropFirst(cut)) ?? path
      guard recurses || !name.contains("/"), !path.hasSuffix("/Kustomization") else { return false }
      return (include?.matches(name) ?? true) && !(exclude?.matches(name) ?? false)
    }
  }
}
