import Synchronization
import ZeroTouchManifests

/// The documents that a kustomization is made of, by what they speak of.
struct SourceIndex: Sendable {
  let folder: String
  /// The kustomizations it is made of, itself first.
  let folders: [String]
  private var byKind: [String: [LocatedYAML]] = [:]
  private var byName: [String: [LocatedYAML]] = [:]

  init(of folder: String, in kustomizations: KustomizationSet, _ tree: RepositoryTree) {
    let closure = kustomizations.closure(of: folder)
    self.folder = folder
    folders = closure.folders
    for document in closure.files.sorted().flatMap({ tree[$0]?.documents ?? [] }) {
      guard let kind = document["kind"]?.text else { continue }
      byKind[kind, default: []].append(document)
      guard let name = document["metadata"]?["name"]?.text else { continue }
      byName[Self.key(kind, name), default: []].append(document)
    }
  }

  func documents(kind: String) -> [LocatedYAML] { byKind[kind] ?? [] }

  func documents(kind: String, name: String) -> [LocatedYAML] { byName[Self.key(kind, name)] ?? [] }

  private static func key(_ kind: String, _ name: String) -> String { "\(kind)\n\(name)" }
}

/// The indices of the kustomizations in which a place was asked for: thousands of findings ask for the same one.
final class SourceIndices: Sendable {
  private let kept = Mutex<[String: SourceIndex]>([:])

  func index(of folder: String, in kustomizations: KustomizationSet, _ tree: RepositoryTree) -> SourceIndex {
    if let known = kept.withLock({ $0[folder] }) { return known }
    let index = SourceIndex(of: folder, in: kustomizations, tree)
    kept.withLock { $0[folder] = index }
    return index
  }
}
