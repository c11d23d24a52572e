import ZeroTouchManifests
import ZeroTouchModel

extension ClusterSpec {
  /// A cluster of so many machines for the platform of a repository, with stand-ins for its secrets.
  static func rehearsed(_ nodes: NodeCounts, repository: GitOpsRepository) -> ClusterSpec {
    let machines = nodes.nodes
    return ClusterSpec(
      name: "rehearsal", endpoint: Endpoint(host: machines[0].address.description), nodes: machines,
      gitops: GitOps(repoURL: repository.repoURL, revision: repository.revision),
      secrets: SecretReferences(aws: .standIn(region: "eu-central-1", prefix: "/zerotouch/prod")))
  }
}

extension SecretReferences.AWS {
  /// References to what a rehearsal puts into its environment; the user's own secrets are not read.
  static func standIn(region: String, prefix: String, hasToken: Bool = false) -> Self {
    SecretReferences.AWS(
      accessKeyID: .environment("AWS_ACCESS_KEY_ID"), secretAccessKey: .environment("AWS_SECRET_ACCESS_KEY"),
      sessionToken: hasToken ? .environment("AWS_SESSION_TOKEN") : nil, region: region, prefix: prefix)
  }
}
