import Foundation
import ZeroTouchManifests
import ZeroTouchTools
package import ZeroTouchWorld

/// Everyone who plays in a world's process: the world itself, who runs its errands, who plays which tool.
struct Cast {
  let world: World
  let errandRunner: any ErrandRunner
  /// By the tool's name.
  let responders: [String: any ShimResponder]

  init(for scenario: Scenario, epoch: Date, tools: any ToolRunner) throws {
    world = try World.assembled(scenario, epoch: epoch)
    let charts = scenario.charts.map {
      (ChartReference(repoURL: $0.repoURL, chart: $0.chart, version: $0.version), $0.path)
    }
    errandRunner = RepositoryRenderer(
      repository: ServedRepository(root: scenario.repository, repoURL: scenario.repoURL), tools: tools,
      charts: Dictionary(charts, uniquingKeysWith: { first, _ in first }), catalogue: try .embedded())
    responders = ["kind": KindDoor(), "ssh": RescueDoor(), "talosctl": TalosDoor()]
  }
}

/// Runs no errand: for worlds without a repository.
package struct RefusingErrandRunner: ErrandRunner {
  package init() {}

  package func perform(_ errand: Errand) async -> ErrandResult {
    .failed("this world serves no repository")
  }
}
