package import ZeroTouchManifests
package import ZeroTouchModel

/// A kustomization as its file has it: what it names, and where that leads.
package struct Kustomization: Sendable {
  /// What a name in a kustomization leads to.
  package enum Target: Sendable, Hashable {
    case file(String)
    /// The folder of another kustomization.
    case kustomization(String)
    /// Something that would have to be fetched.
    case remote
    case missing
  }

  /// One name with the place where it stands.
  package struct Reference: Sendable, Hashable {
    package let text: String
    package let location: SourceLocation
    package let target: Target
  }

  /// Empty for the top of the tree.
  package let folder: String
  package let file: String
  package let body: LocatedYAML
  package let resources: [Reference]
  package let components: [Reference]
  /// Files that patch, from whatever field names them.
  package let patches: [Reference]
  /// Files whose contents go into ConfigMaps and Secrets, and what else it reads.
  package let inputs: [Reference]

  package static let names = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

  package var isComponent: Bool { body["kind"]?.text == "Component" }
  /// Whether it renders charts itself, which `kubectl kustomize` does not do without a flag.
  package var rendersCharts: Bool { body["helmCharts"] != nil || body["helmChartInflationGenerator"] != nil }
  /// Everything it names.
  package var references: [Reference] { resources + components + patches + inputs }

  init?(_ file: SourceFile, in tree: RepositoryTree) {
    guard Self.names.contains(file.path.split(separator: "/").last.map(String.init) ?? ""),
      let body = file.documents.first
    else { return nil }
    let reader = KustomizationReader(body: body, folder: file.folder, tree: tree)
    folder = file.folder
    self.file = file.path
    self.body = body
    resources = reader.list("resources") + reader.list("bases")
    components = reader.list("components")
    patches = reader.patches
    inputs = reader.inputs
  }
}
