import ZeroTouchManifests
import ZeroTouchModel

/// A chart that lies in the tree: its name, and the charts that it is made of.
struct LocalChart: Sendable {
  /// A chart that `Chart.yaml` names and that does not lie beside it.
  struct Dependency: Sendable {
    let name: String
    let key: String
    let repository: String
    let version: String
    let condition: String?
    let values: JSONValue

    /// The dependency as a source of an Application, so that the catalogue can tell what it brings.
    func source(in release: ChartRelease, at location: SourceLocation) -> ApplicationSource {
      let given = values.overlaid(with: release.values)[key] ?? [:]
      let isRegistry = repository.hasPrefix("oci://")
      let node: JSONValue = [
        "repoURL": .string(isRegistry ? String(repository.dropFirst("oci://".count)) : repository),
        "chart": .string(name), "targetRevision": .string(version),
        "helm": ["releaseName": .string(release.name), "valuesObject": given],
      ]
      return ApplicationSource(node: LocatedYAML(node, at: location), path: ["spec", "source"])
    }
  }

  let name: String
  let hasTemplates: Bool
  private let dependencies: [Dependency]

  init(folder: String, in tree: RepositoryTree) {
    func place(_ name: String) -> String { folder.isEmpty ? name : "\(folder)/\(name)" }
    let chart = tree[place("Chart.yaml")]?.documents.first?.json ?? [:]
    let values = tree[place("values.yaml")]?.documents.first?.json ?? [:]
    name = chart["name"]?.stringValue ?? folder
    hasTemplates = tree.paths.contains { $0.hasPrefix(place("templates/")) }
    let lying = tree.paths.filter { $0.hasPrefix(place("charts/")) }
    dependencies = (chart["dependencies"]?.arrayValue ?? []).compactMap { entry in
      guard let name = entry["name"]?.stringValue, let repository = entry["repository"]?.stringValue,
        !repository.isEmpty, !repository.hasPrefix("file:"),
        !lying.contains(where: { $0.hasPrefix(place("charts/\(name)/")) || $0.hasPrefix(place("charts/\(name)-")) })
      else { return nil }
      return Dependency(
        name: name, key: entry["alias"]?.stringValue ?? name, repository: repository,
        version: entry["version"]?.stringValue ?? "", condition: entry["condition"]?.stringValue, values: values)
    }
  }

  /// What would have to be fetched, without what the values switch off.
  func absent(with given: JSONValue) -> [Dependency] {
    dependencies.filter { dependency in
      guard let condition = dependency.condition?.split(separator: ",").first else { return true }
      let values = dependency.values.overlaid(with: given)
      return condition.split(separator: ".").reduce(Optional(values)) { $0?[String($1)] }?.boolValue != false
    }
  }
}
