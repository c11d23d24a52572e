import ZeroTouchManifests
import ZeroTouchModel

/// What an Application gives a chart, with its place in the tree.
struct ChartSettings {
  let survey: Survey
  let application: DeployedApplication
  let cluster: ClusterView
  let version: String
  private let source: ApplicationSource
  private let layers: ValueLayers
  /// Whether something cannot be read here: then nothing is said about what is missing.
  var isOpen: Bool { layers.isOpen }

  init(_ survey: Survey, _ cluster: ClusterView, _ application: DeployedApplication, _ source: ApplicationSource) {
    self.survey = survey
    self.cluster = cluster
    self.application = application
    self.source = source
    version = source.revision
    layers = ValueLayers(source, in: survey.tree)
  }

  subscript(path: String...) -> LocatedYAML? { value(path) }

  func value(_ path: [String]) -> LocatedYAML? {
    layers.all.reversed().lazy.compactMap { $0.node.node(at: path) }.first
  }

  /// Where a value stands, or the nearest above it; the chart's name for one that stands nowhere.
  func place(_ path: String...) -> SourceLocation { place(path) }

  func place(_ path: [String]) -> SourceLocation {
    for length in stride(from: path.count, to: 0, by: -1) {
      let part = Array(path.prefix(length))
      if let layer = layers.all.last(where: { $0.node.node(at: part) != nil }) {
        return layer.place(part, of: application.manifest, in: survey)
      }
    }
    return survey.place(of: application.manifest, at: source.path + ["chart"])
  }

  /// Every mapping of values with the place where it stands.
  var mappings: [(node: LocatedYAML, place: ([String]) -> SourceLocation)] {
    layers.all.map { layer in
      (node: layer.node, place: { layer.place($0, of: application.manifest, in: survey) })
    }
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
