/// Everything that one entry point of the repository brings to a cluster.
package struct ClusterView: Sendable {
  /// Something that an Application names and nothing here can tell.
  package struct Unknown: Sendable {
    package let manifest: Manifest
    package let path: [String]
    package let text: String
  }

  /// Where it begins: the folder of a kustomization, or the files that people apply.
  package let entry: String
  package let applications: [DeployedApplication]
  package let objects: [PlacedObject]
  /// What could not be rendered or followed; what it brings is not among the objects.
  package let unknowns: [Unknown]
  /// The folders and files of the tree that its Applications read.
  let consumed: Set<String>

  package func application(_ id: Int?) -> DeployedApplication? {
    id.flatMap { applications.indices.contains($0) ? applications[$0] : nil }
  }

  /// The objects an Application applies itself.
  package func objects(of application: DeployedApplication) -> [PlacedObject] {
    objects.filter { $0.application == application.id }
  }
}
