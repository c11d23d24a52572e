/// The command lines of `kind`, which makes a cluster of containers on this laptop.
///
/// The kubeconfig is always a file of the cluster's own: without one kind writes into the user's.
package struct Kind: Sendable, Hashable {
  /// The name of the cluster; its context is called `kind-NAME`.
  package let cluster: String
  package let kubeconfig: String

  package init(cluster: String, kubeconfig: String) {
    self.cluster = cluster
    self.kubeconfig = kubeconfig
  }

  /// Asks for the program's version: `kind v0.32.0 go1.26.1 linux/amd64`.
  package static var version: ToolInvocation { ToolInvocation("kind", ["version"], deadline: .localQuestion) }

  /// Asks for the names of all clusters, one a line on standard output; kind asks Docker.
  package static var clusters: ToolInvocation { ToolInvocation("kind", ["get", "clusters"]) }

  /// The name that kind gives the cluster's entries in the kubeconfig.
  package var context: String { "kind-\(cluster)" }

  /// Makes the cluster and, once it runs, writes its kubeconfig. Pulling the node image takes its time.
  package func create(from file: String) -> ToolInvocation {
    ToolInvocation(
      "kind", ["create", "cluster", "--name", cluster, "--config", file, "--kubeconfig", kubeconfig], effect: .mutates,
      place: .machine, deadline: .seconds(900))
  }

  /// Removes the cluster's containers and its entries in the kubeconfig.
  package var delete: ToolInvocation {
    ToolInvocation(
      "kind", ["delete", "cluster", "--name", cluster, "--kubeconfig", kubeconfig], effect: .mutates, place: .machine,
      deadline: .seconds(180))
  }
}

extension ToolOutput {
  /// The clusters in the answer of ``Kind/clusters``.
  package var kindClusters: [String] { text.split(whereSeparator: \.isNewline).map(String.init) }
}
