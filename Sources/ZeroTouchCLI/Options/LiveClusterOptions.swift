import ArgumentParser

/// How a live cluster is reached, where a command can do without one.
struct LiveClusterOptions: ParsableArguments, Sendable {
  @Option(name: [.customShort("f"), .long], help: "With --cluster: the spec of the cluster.")
  var file: String?

  @Option(name: .long, help: "With --cluster: workers beside the address, as NAME:IP,NAME:IP.")
  var workerNodes: String?

  @Option(
    name: .long, help: "With --cluster: talos, kind, or existing (needs --kubeconfig).")
  var provider: String?

  @Option(name: .long, help: "With --cluster: the kubeconfig of the cluster.")
  var kubeconfig: String?

  @Flag(name: .long, help: "With --cluster: take small stand-ins for what was not fetched; a rehearsal does.")
  var standIns = false

  @OptionGroup var repository: RepositoryOptions

  /// The same as the other commands take it.
  func reference(address: String?) -> ClusterReference {
    ClusterReference(
      address: address, takesAddress: true, file: file, workerNodes: workerNodes, provider: provider,
      kubeconfig: kubeconfig, standIns: standIns, repository: repository)
  }
}
