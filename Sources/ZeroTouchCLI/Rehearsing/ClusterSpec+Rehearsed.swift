import ZeroTouchManifests
import ZeroTouchModel

extension ClusterSpec {
  /// A cluster of so many machines for the platform of a repository.
  static func rehearsed(
    _ nodes: NodeCounts, repository: GitOpsRepository, name: String = "rehearsal"
  ) -> ClusterSpec {
    let machines = nodes.nodes
    return ClusterSpec(
      name: name, endpoint: Endpoint(host: machines[0].address.description), nodes: machines,
      gitops: GitOps(repoURL: repository.repoURL, revision: repository.revision))
  }
}
