import ArgumentParser

/// Which spec is meant, and which repository it belongs to.
struct SpecOptions: ParsableArguments, Sendable {
  @Option(
    name: [.customShort("f"), .long],
    help: "The spec of the cluster; zerotouch.yaml at the repository's top where none is named.")
  var file: String?

  @OptionGroup var repository: RepositoryOptions

  /// The cluster of the spec.
  func cluster(kubeconfig: String? = nil) -> ClusterReference {
    ClusterReference(file: file, kubeconfig: kubeconfig, repository: repository)
  }
}
