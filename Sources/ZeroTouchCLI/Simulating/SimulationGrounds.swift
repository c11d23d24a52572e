import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchRehearsal
import ZeroTouchSecrets
import ZeroTouchSimulation
import ZeroTouchTools

/// The grounds of simulated clusters, one for each size, on one copy of a repository.
struct SimulationGrounds: Sendable {
  private let sizes: ClusterSizes
  private let first: SimulationGround
  private let bySize: [NodeCounts: SimulationGround]

  /// The ground of the most frequent size.
  var usual: SimulationGround { first }

  /// The ground of the cluster of a seed.
  func ground(of seed: UInt64) -> SimulationGround { bySize[sizes.size(of: seed)] ?? first }

  /// Copies a repository as a rehearsal does, and composes the bootstraps that the runs are to perform.
  static func prepare(
    _ sizes: ClusterSizes, from layout: RepositoryLayout, onlyCore: Bool, in directory: String,
    _ environment: LiveEnvironment
  ) async throws -> SimulationGrounds {
    let source = try await SimulatedSource.prepare(layout, onlyCore: onlyCore, in: directory, environment)
    let first = try await source.ground(of: sizes.all[0])
    var bySize = [sizes.all[0]: first]
    for size in sizes.all.dropFirst() { bySize[size] = try await source.ground(of: size, sharing: first) }
    // Programs that only work on files are started once; afterwards nothing outside can change what happens.
    for size in sizes.all { _ = try await Simulation(bySize[size] ?? first, seed: 0).run() }
    return SimulationGrounds(sizes: sizes, first: first, bySize: bySize)
  }
}

/// What clusters of every size are built from.
private struct SimulatedSource {
  let directory: String
  let repository: RehearsedRepository
  let original: GitOpsRepository
  let parameters: ParameterStore?
  let tools: any ToolRunner
  let composition: BootstrapComposition
  /// What stands in for a terminal that passwords are typed at.
  let executable: String

  static func prepare(
    _ layout: RepositoryLayout, onlyCore: Bool, in directory: String, _ environment: LiveEnvironment
  ) async throws -> SimulatedSource {
    let original = try layout.readRepository()
    let tools = environment.tools(additions: ["KUBECACHEDIR": "\(directory)/kube"])
    let cache = "\(directory)/cache/zerotouch"
    let repository = try await RehearsedRepository.prepare(
      from: layout.root, repoURL: original.repoURL, revision: original.revision, in: directory,
      cache: ArtifactCache(directory: cache, fetched: environment.cacheDirectory), tools: tools,
      changing: { if onlyCore { try CorePlatform.reduce(RepositoryLayout(root: $0)) } })
    var variables = environment.variables
    variables.merge(RehearsalGround.credentials) { $1 }
    return SimulatedSource(
      directory: directory, repository: repository, original: original, parameters: try layout.readParameterStore(),
      tools: tools,
      composition: BootstrapComposition(
        tools: tools, clock: environment.clock, cache: cache, variables: variables),
      executable: environment.executable)
  }

  /// The ground of one size; it shares with another what programs answered that only work on files.
  func ground(of size: NodeCounts, sharing other: SimulationGround? = nil) async throws -> SimulationGround {
    var spec = ClusterSpec.rehearsed(size, repository: original)
    spec.secrets.aws = parameters?.usualReferences(hasSessionToken: false)
    var bootstrap = try await composition.bootstrap(spec, RepositoryLayout(root: repository.root), kubeconfig: nil)
    bootstrap.installation.askpass = executable
    let scenario = Scenario(
      name: spec.name, machines: spec.nodes.map { Scenario.Machine($0) }, speed: 1, repository: repository.root,
      repoURL: repository.repoURL, charts: repository.charts)
    return SimulationGround(
      bootstrap: bootstrap, scenario: scenario, tools: other?.tools ?? RememberedTools(tools),
      errands: try other?.errands ?? RememberedErrands(try scenario.errandRunner(tools: tools)),
      secrets: composition.resolver(for: spec, prompt: nil),
      directory: "\(directory)/runs")
  }
}
