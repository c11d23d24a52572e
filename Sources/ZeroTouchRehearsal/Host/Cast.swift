import Foundation
import ZeroTouchManifests
package import ZeroTouchTools
package import ZeroTouchWorld

/// Everyone who plays in a world's process: the world itself, who runs its errands, who plays which tool.
struct Cast {
  let world: World
  let errandRunner: any ErrandRunner
  /// By the tool's name.
  let responders: [String: any ShimResponder]

  init(
    for scenario: Scenario, epoch: Date, tools: any ToolRunner, disturbedBy disturbance: (any WorldDisturbance)?
  ) throws {
    world = try disturbance?.world(of: scenario, epoch: epoch) ?? World.assembled(scenario, epoch: epoch)
    let usual = try scenario.errandRunner(tools: tools)
    errandRunner = disturbance?.errands(usually: usual) ?? usual
    responders = ["kind": KindDoor(), "ssh": RescueDoor(), "talosctl": TalosDoor()]
  }
}

extension Scenario {
  /// Argo CD's repository server over the repository and the charts of the scenario.
  package func errandRunner(tools: any ToolRunner) throws -> any ErrandRunner {
    let charts = charts.map { (ChartReference(repoURL: $0.repoURL, chart: $0.chart, version: $0.version), $0.path) }
    return RepositoryRenderer(
      repository: ServedRepository(root: repository, repoURL: repoURL), tools: tools,
      charts: Dictionary(charts, uniquingKeysWith: { first, _ in first }), catalogue: try .embedded())
  }
}

/// Runs no errand: for worlds without a repository.
package struct RefusingErrandRunner: ErrandRunner {
  package init() {}

  package func perform(_ errand: Errand) async -> ErrandResult {
    .failed("this world serves no repository")
  }
}
