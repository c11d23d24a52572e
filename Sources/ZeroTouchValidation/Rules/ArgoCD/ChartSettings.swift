import ZeroTouchManifests
import ZeroTouchModel

/// What an Application gives a chart, with its place in the tree.
struct ChartSettings {
  let survey: Survey
  let application: DeployedApplication
  let cluster: ClusterView
  let version: String
  private let source: ApplicationSource
  /// The values of files in this tree, in the order in which they count.
  private let files: [LocatedYAML]
  /// Whether something cannot be read here: then nothing is said about what is missing.
  let isOpen: Bool

  init(_ survey: Survey, _ cluster: ClusterView, _ application: DeployedApplication, _ source: ApplicationSource) {
    self.survey = survey
    self.cluster = cluster
    self.application = application
    self.source = source
    version = source.revision
    let names = (source.helm?["valueFiles"]?.items ?? []).compactMap(\.text)
    files = names.compactMap { name in
      guard name.hasPrefix("$"), let slash = name.firstIndex(of: "/") else { return nil }
      return survey.tree[String(name[name.index(after: slash)...])]?.documents.first
    }
    isOpen =
      files.count < names.count || source.helm?["values"]?.text?.isEmpty == false
      || source.helm?["parameters"]?.items?.isEmpty == false
  }

  subscript(path: String...) -> LocatedYAML? { value(path) }

  func value(_ path: [String]) -> LocatedYAML? {
    source.helm?["valuesObject"]?.node(at: path) ?? files.reversed().lazy.compactMap { $0.node(at: path) }.first
  }

  /// Where a value stands, or the nearest above it; the chart's name for one that stands nowhere.
  func place(_ path: String...) -> SourceLocation { place(path) }

  func place(_ path: [String]) -> SourceLocation {
    for length in stride(from: path.count, to: 0, by: -1) {
      let part = Array(path.prefix(length))
      if source.helm?["valuesObject"]?.node(at: part) != nil {
        return survey.place(of: application.manifest, at: source.path + ["helm", "valuesObject"] + part)
      }
      if let file = files.last(where: { $0.node(at: part) != nil }) { return file.place(at: part) }
    }
    return survey.place(of: application.manifest, at: source.path + ["chart"])
  }

  /// Every mapping of values with the place where it stands.
  var mappings: [(node: LocatedYAML, place: ([String]) -> SourceLocation)] {
    let own = source.helm?["valuesObject"].map { node in
      (
        node: node,
        place: { path in survey.place(of: application.manifest, at: source.path + ["helm", "valuesObject"] + path) }
      )
    }
    return files.map { file in (node: file, place: { file.place(at: $0) }) } + (own.map { [$0] } ?? [])
  }

  /// All that is given to the chart, as one text.
  var text: String { mappings.map { $0.node.json.text() }.joined(separator: "\n") }

  var revisionPlace: SourceLocation { survey.place(of: application.manifest, at: source.path + ["targetRevision"]) }
}

extension Survey {
  /// What every Application gives the charts of these names.
  func settings(of charts: Set<String>) -> [ChartSettings] {
    applications.flatMap { cluster, application in
      application.sources.filter { $0.chart.map(charts.contains) ?? false }.map {
        ChartSettings(self, cluster, application, $0)
      }
    }
  }
}
