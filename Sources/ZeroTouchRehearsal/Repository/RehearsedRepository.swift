import Foundation
import ZeroTouchManifests
package import ZeroTouchTools

/// A copy of a GitOps repository with a history of its own: what the machines of a rehearsal are built from.
///
/// The copy holds the working tree as it is, committed or not, and answers for the real repoURL, so that the
/// pipeline asks git, helm and Argo CD what it always asks.
package struct RehearsedRepository: Sendable, Hashable {
  /// The folders of a repository that a bootstrap reads.
  package static let folders = ["bootstrap", "platform", "tenants"]

  /// The top of the copy.
  package let root: String
  package let repoURL: String
  package let revision: String
  /// What stands in for artifacts that are not in the cache, in words.
  package let standIns: [String]
  /// The charts in the cache, stand-ins and fetched ones, as Applications ask for them.
  package let charts: [Scenario.Chart]

  /// Copies `source` into `directory`, changed there as told, and commits it.
  package static func prepare(
    from source: String, repoURL: String, revision: String, in directory: String, cache: ArtifactCache,
    tools: any ToolRunner, changing change: (_ root: String) throws -> Void = { _ in }
  ) async throws -> RehearsedRepository {
    let root = "\(directory)/repository"
    try copy(source, to: root)
    try change(root)
    let path = "\(root)/bootstrap/artifacts.lock.yaml"
    let pinned = try ArtifactLock.parse(try String(contentsOfFile: path, encoding: .utf8), file: path)
    let lock = try await cache.fill(pinned, tools: tools)
    try lock.yaml.write(toFile: path, atomically: true, encoding: .utf8)
    let git = Git(directory: root)
    for invocation in [
      git.initialize(branch: revision), git.addAll, git.commit("the working tree"), git.redirect(repoURL, to: root),
    ] {
      _ = try await tools.succeed(invocation)
    }
    return RehearsedRepository(
      root: root, repoURL: repoURL, revision: revision, standIns: lock.standIns, charts: cache.charts(of: lock))
  }

  private static func copy(_ source: String, to root: String) throws {
    let files = FileManager.default
    try files.createDirectory(atPath: root, withIntermediateDirectories: true)
    for folder in folders where files.fileExists(atPath: "\(source)/\(folder)") {
      try WorkingTreeCopy(source: "\(source)/\(folder)", target: "\(root)/\(folder)").make()
    }
    // Those are the secrets of the cluster that runs; the one that is rehearsed makes its own.
    let secrets = RepositoryLayout(root: root).encryptedSecrets
    if files.fileExists(atPath: secrets) { try files.removeItem(atPath: secrets) }
    try ".zerotouch/\n".write(toFile: "\(root)/.gitignore", atomically: true, encoding: .utf8)
  }
}
