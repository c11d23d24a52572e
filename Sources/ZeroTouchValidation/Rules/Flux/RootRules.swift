import ZeroTouchManifests
import ZeroTouchModel

extension Survey {
  /// A folder that one thing reads from the top, and what reads it.
  private struct Root {
    let title: String
    let folder: String
    let place: SourceLocation
  }

  /// Roots of Flux that read the same folder, and those that read what a root of Argo CD reads.
  var rootsTwice: [Rule.Violation] {
    let roots = fluxRoots.sorted { $0.place < $1.place }
    guard !roots.isEmpty else { return [] }
    let first = Dictionary(roots.map { ($0.folder, $0) }, uniquingKeysWith: { first, _ in first })
    let again = roots.compactMap { root -> Rule.Violation? in
      guard let other = first[root.folder], other.place != root.place else { return nil }
      return Rule.Violation(at: root.place, "\(root.title) reads `\(root.folder)`, and so does \(other.title)")
    }
    let applications = clusters.flatMap { cluster in
      ownSources(in: cluster).filter { $0.application.parent == nil }
    }
    return again
      + applications.compactMap { own in
        guard let name = own.source.folder, let folder = RepositoryTree.resolve(name, from: ""),
          let root = first[folder]
        else { return nil }
        return Rule.Violation(
          at: place(of: own.application.manifest, at: own.source.path + ["path"]),
          "the Application `\(own.application.name)` reads `\(folder)`, and so does \(root.title)")
      }
  }

  /// What FluxInstances sync, and the Kustomizations that `flux bootstrap` names after its namespace.
  private var fluxRoots: [Root] {
    let instances = manifests(ofKind: "FluxInstance").compactMap { root($0, ["spec", "sync", "path"]) }
    let bootstrapped = manifests(ofKind: "Kustomization").filter {
      $0.group == "kustomize.toolkit.fluxcd.io" && $0.name == "flux-system"
    }
    return instances + bootstrapped.compactMap { root($0, ["spec", "path"]) }
  }

  private func root(_ manifest: Manifest, _ path: [String]) -> Root? {
    guard let name = manifest.body.node(at: path)?.text, let folder = RepositoryTree.resolve(name, from: ""),
      !folder.isEmpty, !folder.contains("${")
    else { return nil }
    return Root(
      title: "the \(manifest.kind) `\(manifest.name)`", folder: folder, place: place(of: manifest, at: path))
  }
}
