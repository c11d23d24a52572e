import Foundation
package import ZeroTouchManifests
import ZeroTouchModel
package import ZeroTouchTools

/// Finds out all that a repository tells: reads the tree, builds its kustomizations, follows its Applications.
package struct Surveyor: Sendable {
  package let tools: any ToolRunner
  package let catalogue: ChartCatalogue
  /// The folder for what was built, by content; nil to keep nothing.
  package let cache: String?
  package let width: Int

  package init(
    tools: any ToolRunner, catalogue: ChartCatalogue, cache: String? = nil,
    width: Int = ProcessInfo.processInfo.activeProcessorCount
  ) {
    self.tools = tools
    self.catalogue = catalogue
    self.cache = cache
    self.width = max(width, 1)
  }

  /// - Parameter isWanted: Which of the kustomizations that no other one includes are built, beside those that
  ///   Applications lead to.
  package func survey(
    _ root: String, beginningAt isWanted: (_ folder: String) -> Bool = { _ in true }
  ) async throws -> Survey {
    try await survey(await RepositoryLoader(root: root, width: width).load(), beginningAt: isWanted)
  }

  package func survey(
    _ tree: RepositoryTree, beginningAt isWanted: (_ folder: String) -> Bool = { _ in true }
  ) async throws -> Survey {
    let kustomizations = KustomizationSet(tree)
    let builder = KustomizeBuilder(
      tree: tree, kustomizations: kustomizations, tools: tools, cache: BuildCache(folder: cache), width: width)
    let charts = ChartBuilder(tree: tree, tools: tools, cache: BuildCache(folder: cache), width: width)
    var follower = ApplicationFollower(tree: tree, kustomizations: kustomizations, catalogue: catalogue)
    for build in try await builder.build(kustomizations.tops.filter(isWanted).sorted()) {
      follower.builds[build.folder] = build
    }
    var (views, wanted) = follower.follow()
    // Applications name folders, whose kustomizations and charts hold Applications: every round builds what the last
    // one met.
    while !wanted.isEmpty {
      for build in try await builder.build(wanted.folders.sorted()) { follower.builds[build.folder] = build }
      for build in try await charts.build(wanted.releases.sorted()) { follower.releases[build.release] = build }
      (views, wanted) = follower.follow()
    }
    let graphs = await views.mapSideBySide(atMost: width) { ClusterGraph($0, tree: tree) }
    return Survey(
      tree: tree, kustomizations: kustomizations, builds: follower.builds, manifests: follower.manifests,
      graphs: graphs, catalogue: catalogue)
  }
}
