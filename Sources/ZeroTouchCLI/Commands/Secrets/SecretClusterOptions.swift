import ArgumentParser
import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchTools

/// Whose secrets are looked at.
struct SecretClusterOptions: ParsableArguments, Sendable {
  @Option(name: .long, help: "The kubeconfig of the cluster; its own one in the state directory where none is named.")
  var kubeconfig: String?

  @OptionGroup var options: SpecOptions

  var cluster: ClusterReference { options.cluster(kubeconfig: kubeconfig) }

  /// The kubeconfig that is meant.
  func path(in environment: LiveEnvironment) throws -> String {
    if let named = try cluster.checkedKubeconfig(in: environment) { return named }
    let (spec, layout) = try cluster.resolve(in: environment)
    return try KubeconfigFile.checked(Workspace(root: layout.state(of: spec.name)).path("kubeconfig"))
  }

  /// The cluster, once it is sure that kubectl is there.
  func connect(in environment: LiveEnvironment) async throws -> SecretCluster {
    let tools = environment.composition.tools
    try await Toolbox.reading.demand(of: tools)
    return SecretCluster(
      tools: tools, kubectl: Kubectl(kubeconfig: try path(in: environment)), clock: environment.clock,
      now: { environment.now })
  }
}
