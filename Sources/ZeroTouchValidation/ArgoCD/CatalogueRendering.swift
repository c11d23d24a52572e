import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// What charts and foreign repositories bring, by the catalogue; each request is answered once.
struct CatalogueRendering: Sendable {
  struct Answer: Sendable {
    var manifests: [Manifest] = []
    /// What is not known of it.
    var unknown: String?
  }

  let catalogue: ChartCatalogue
  let tree: RepositoryTree
  private var answers: [String: Answer] = [:]

  init(catalogue: ChartCatalogue, tree: RepositoryTree) {
    self.catalogue = catalogue
    self.tree = tree
  }

  mutating func render(_ source: ApplicationSource, of application: DeployedApplication) -> Answer {
    let namespace = application.destinationNamespace ?? ""
    let key = "\(application.name)\n\(namespace)\n\(source.node.json.text())"
    if let known = answers[key] { return known }
    let answer = answer(source, application, namespace)
    answers[key] = answer
    return answer
  }

  private func answer(_ source: ApplicationSource, _ application: DeployedApplication, _ namespace: String) -> Answer {
    let place = source.chart ?? source.folder ?? ""
    let entries = catalogue.entries(of: place, in: source.repoURL)
    guard let entry = entries.first(where: { $0.versions.contains(source.revision) }) ?? entries.first else {
      return Answer(unknown: Self.unknown(source))
    }
    let isExact = entry.versions.contains(source.revision)
    let helm = source.helm?.json ?? [:]
    let release = helm["releaseName"]?.stringValue ?? application.name
    do {
      let values = try ReleaseValues(helm, files: Self.valueFiles(helm, tree))
      let objects = try entry.objects(
        release: release, namespace: helm["namespace"]?.stringValue ?? namespace, values: try values.merged())
      let location = source.node.location
      return Answer(
        manifests: objects.compactMap { Manifest(LocatedYAML($0, at: location), origin: .chart(entry.name)) },
        unknown: isExact ? nil : Self.other(entry, source))
    } catch {
      return Answer(unknown: "the chart `\(place)` cannot be written out: \(error)")
    }
  }

  /// What a source gives its chart, as far as this tree tells.
  static func values(of source: ApplicationSource, in tree: RepositoryTree) -> JSONValue {
    let helm = source.helm?.json ?? [:]
    return (try? ReleaseValues(helm, files: valueFiles(helm, tree)).merged()) ?? [:]
  }

  /// The value files that lie in this tree; others count as empty.
  private static func valueFiles(_ helm: JSONValue, _ tree: RepositoryTree) -> [String] {
    (helm["valueFiles"]?.arrayValue ?? []).compactMap(\.stringValue).compactMap { name in
      let parts = name.split(separator: "/", maxSplits: 1)
      guard name.hasPrefix("$"), parts.count == 2 else { return nil }
      let path = RepositoryTree.resolve(String(parts[1]), from: "")
      return path.flatMap { tree.paths.contains($0) ? "\(tree.root)/\($0)" : nil }
    }
  }

  private static func unknown(_ source: ApplicationSource) -> String {
    if let chart = source.chart {
      return "the chart `\(chart)` is not in the catalogue: what it brings, its CRDs among it, is unknown"
    }
    return "`\(source.repoURL)` is another repository, and the catalogue has nothing of its `\(source.folder ?? "")`: "
      + "what it brings is unknown"
  }

  private static func other(_ entry: CatalogueEntry, _ source: ApplicationSource) -> String {
    "the catalogue has `\(entry.name)` \(entry.versions.joined(separator: ", ")), and not "
      + "\(source.revision.isEmpty ? "what no version names" : source.revision): it is taken for that"
  }
}
