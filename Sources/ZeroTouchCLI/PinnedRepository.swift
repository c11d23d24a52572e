import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// A repository held against its lock: wherever a version or an address stands twice, both have to say the same.
struct PinnedRepository: Sendable {
  let layout: RepositoryLayout
  let lock: ArtifactLock

  /// Everything that disagrees, each with its place.
  func problems(for spec: ClusterSpec) throws -> [Diagnostic] {
    var problems: [Diagnostic] = []
    if let text = try RepositoryFile.text(of: layout.versions) {
      let versions = try PlatformVersions.parse(text, file: layout.versions)
      problems += versions.disagreements(with: lock)
      // Nobody but the cluster itself knows the versions of one that exists.
      if spec.provider.ownsMachines { problems += versions.incompatibilities(with: spec.versions) }
    }
    guard spec.provider == .talos else { return problems }
    // A version of the spec that the lock does not hold would be accepted and ignored.
    problems += lock.disagreements(with: spec.versions, file: layout.lock)
    if let text = try RepositoryFile.text(of: layout.schematic) {
      let schematic = try TalosSchematic.parse(text, file: layout.schematic)
      problems += lock.problems(with: schematic, at: layout.schematic, lock: layout.lock)
    }
    return spec.environment == .main ? problems + adoptionProblems() : problems
  }

  /// The Applications that adopt Cilium and Argo CD, as they lie in Git.
  private func adoptionProblems() -> [Diagnostic] {
    let folder = layout.path("platform")
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().flatMap { name -> [Diagnostic] in
      let path = "\(folder)/\(name)"
      guard let text = text(of: path), text.contains("chart: ") else { return [] }
      // What cannot be read is for the kustomization to complain about.
      return [ChartAdoption.cilium(lock), .argoCD(lock)].flatMap {
        (try? $0.problems(in: text, file: path)) ?? []
      }
    }
  }

  private func text(of path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }
}
