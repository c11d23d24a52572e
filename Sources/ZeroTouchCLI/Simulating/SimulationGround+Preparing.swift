import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchRehearsal
import ZeroTouchSecrets
import ZeroTouchSimulation
import ZeroTouchTools

extension SimulationGround {
  /// Copies a repository as a rehearsal does, and composes the bootstrap that every run is to perform.
  static func prepare(
    _ spec: ClusterSpec, from layout: RepositoryLayout, onlyCore: Bool, in directory: String,
    _ environment: LiveEnvironment
  ) async throws -> SimulationGround {
    let tools = environment.tools(additions: ["KUBECACHEDIR": "\(directory)/kube"])
    let cache = "\(directory)/cache/zerotouch"
    let repository = try await RehearsedRepository.prepare(
      from: layout.root, repoURL: spec.gitops.repoURL, revision: spec.gitops.revision, in: directory,
      cache: ArtifactCache(directory: cache, fetched: environment.cacheDirectory), tools: tools,
      changing: { if onlyCore { try CorePlatform.reduce(RepositoryLayout(root: $0)) } })
    var variables = environment.variables
    variables.merge(RehearsalGround.credentials) { $1 }
    let composition = BootstrapComposition(
      tools: tools, clock: environment.clock, cache: cache, variables: variables)
    var bootstrap = try await composition.bootstrap(spec, RepositoryLayout(root: repository.root), kubeconfig: nil)
    bootstrap.installation.askpass = environment.executable
    let scenario = Scenario(
      name: spec.name, machines: spec.nodes.map { Scenario.Machine($0) }, speed: 1, repository: repository.root,
      repoURL: repository.repoURL, charts: repository.charts)
    return SimulationGround(
      bootstrap: bootstrap, scenario: scenario, tools: RememberedTools(tools),
      errands: RememberedErrands(try scenario.errandRunner(tools: tools)),
      secrets: composition.resolver(for: spec, prompt: nil),
      directory: "\(directory)/runs")
  }
}
