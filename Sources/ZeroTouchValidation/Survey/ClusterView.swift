/// Everything that one entry point of the repository brings to a cluster.
package struct ClusterView: Sendable {
  /// Something that an Application names and nothing here can tell.
  package struct Unknown: Sendable {
    package let manifest: Manifest
    package let path: [String]
    package let text: String
  }

  /// A name that an ApplicationSet gives to several Applications.
  struct NameTwice: Sendable {
    let set: Manifest
    let name: String
  }

  /// Where it begins: the folder of a kustomization, or the files that people apply.
  package let entry: String
  package let applications: [DeployedApplication]
  package let objects: [PlacedObject]
  /// What could not be rendered or followed; what it brings is not among the objects.
  package let unknowns: [Unknown]
  /// The folders and files of the tree that its Applications read.
  let consumed: Set<String>
  /// The ApplicationSets that make two Applications of one name.
  let namesTwice: [NameTwice]
  private let numbers: [Int: [Int]]

  package func application(_ id: Int?) -> DeployedApplication? {
    id.flatMap { applications.indices.contains($0) ? applications[$0] : nil }
  }

  /// The objects an Application applies itself.
  package func objects(of application: DeployedApplication) -> [PlacedObject] {
    (numbers[application.id] ?? []).map { objects[$0] }
  }

  init(
    entry: String, applications: [DeployedApplication], objects: [PlacedObject], unknowns: [Unknown],
    consumed: Set<String>, namesTwice: [NameTwice] = []
  ) {
    self.entry = entry
    self.applications = applications
    self.objects = objects
    self.unknowns = unknowns
    self.consumed = consumed
    self.namesTwice = namesTwice
    numbers = Dictionary(grouping: objects.indices, by: { objects[$0].application ?? -1 })
  }
}

extension ClusterView {
  /// Whether a folder on the way to its entry point is called so, or ends with it after a hyphen.
  package func isOf(stage: String) -> Bool {
    entry.prefix { $0 != " " }.split(separator: "/").contains { $0 == stage || $0.hasSuffix("-\(stage)") }
  }
}
