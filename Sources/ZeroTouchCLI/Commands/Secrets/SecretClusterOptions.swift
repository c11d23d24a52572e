import ArgumentParser
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
}

extension ClusterReference {
  /// The cluster whose secrets are looked at, once it is sure that kubectl is there.
  func secrets(in environment: LiveEnvironment) async throws -> SecretCluster {
    let tools = environment.composition.tools
    try await Toolbox.reading.demand(of: tools)
    return SecretCluster(
      tools: tools, kubectl: Kubectl(kubeconfig: try ownKubeconfig(in: environment)), clock: environment.clock,
      now: { environment.now })
  }

  /// The kubeconfig that is named, or the one in the state directory.
  private func ownKubeconfig(in environment: LiveEnvironment) throws -> String {
    if let named = try checkedKubeconfig(in: environment) { return named }
    let (spec, layout) = try resolve(in: environment)
    return try KubeconfigFile.checked(Workspace(root: layout.state(of: spec.name)).path("kubeconfig"))
  }
}
