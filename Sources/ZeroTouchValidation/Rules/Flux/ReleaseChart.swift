import ZeroTouchManifests
import ZeroTouchModel

/// Where the releases of Flux take their charts from.
struct FluxSources {
  /// The addresses, by kind and name.
  private let addresses: [String: [String]]

  init(_ survey: Survey) {
    let sources = ["HelmRepository", "OCIRepository", "GitRepository", "HelmChart"].flatMap(survey.manifests)
    addresses = Dictionary(grouping: sources) { "\($0.kind)/\($0.name)" }.mapValues { group in
      group.compactMap { $0["spec", "url"]?.text ?? $0["spec", "chart"]?.text }
    }
  }

  /// The name of the chart that a release installs: the one it names, or the last part of the address it takes it from.
  func chart(of release: Manifest) -> String? {
    if let name = release["spec", "chart", "spec", "chart"]?.text { return name }
    return addresses(of: release["spec", "chartRef"]).first?.split(separator: "/").last.map(String.init)
  }

  /// What the catalogue knows of a release's chart; nil where it has none of this name and address.
  func entry(of release: Manifest, in catalogue: ChartCatalogue) -> CatalogueEntry? {
    guard let name = chart(of: release) else { return nil }
    guard let reference = release["spec", "chartRef"] else {
      let found = addresses(of: release["spec", "chart", "spec", "sourceRef"])
      return found.lazy.flatMap { catalogue.entries(of: name, in: $0) }.first
    }
    // An artifact's address ends with the chart, where the catalogue has the folder of charts.
    let found = addresses(of: reference).flatMap { [$0, String($0.dropLast(name.count + 1))] }
    return found.lazy.flatMap { catalogue.entries(of: name, in: $0) }.first
  }

  private func addresses(of reference: LocatedYAML?) -> [String] {
    guard let name = reference?["name"]?.text else { return [] }
    return addresses["\(reference?["kind"]?.text ?? "HelmRepository")/\(name)"] ?? []
  }
}
