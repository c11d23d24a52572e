import Foundation
import ZeroTouchManifests
import ZeroTouchModel

/// A chart in this tree with all that an Application gives it.
struct ChartRelease: Sendable, Hashable, Comparable {
  /// Why the values of a release are not known.
  struct Unknown: Error, CustomStringConvertible {
    let description: String
  }

  /// The folder of the chart.
  let chart: String
  let name: String
  let namespace: String
  /// Everything given to it, merged.
  let values: JSONValue
  /// Whether the definitions of its `crds` folder come along.
  let bringsDefinitions: Bool

  init(_ source: ApplicationSource, of application: DeployedApplication, chart: String, in tree: RepositoryTree) throws
  {
    let helm = source.helm?.json ?? [:]
    let files = try Self.files(helm, chart: chart, in: tree)
    self.chart = chart
    name = helm["releaseName"]?.stringValue ?? application.name
    namespace = helm["namespace"]?.stringValue ?? application.destinationNamespace ?? ""
    values = try ReleaseValues(helm, files: files).merged()
    bringsDefinitions = helm["skipCrds"]?.boolValue != true
  }

  /// Where value files lie, by Argo CD's rules: from the chart's folder, from the top with a slash, or of another source.
  private static func files(_ helm: JSONValue, chart: String, in tree: RepositoryTree) throws -> [String] {
    let mayMiss = helm["ignoreMissingValueFiles"]?.boolValue == true
    return try (helm["valueFiles"]?.arrayValue ?? []).compactMap(\.stringValue).compactMap { name in
      guard !name.contains("://") else { throw Unknown(description: "`\(name)` would have to be fetched") }
      let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
      let isLent = name.hasPrefix("$") && parts.count == 2
      let path =
        isLent
        ? RepositoryTree.resolve(parts[1], from: "")
        : name.hasPrefix("/")
          ? RepositoryTree.resolve(String(name.dropFirst()), from: "") : RepositoryTree.resolve(name, from: chart)
      if let path, tree.paths.contains(path) { return "\(tree.root)/\(path)" }
      if mayMiss { return nil }
      throw Unknown(description: "its value file `\(name)` is not here")
    }
  }

  static func < (left: Self, right: Self) -> Bool {
    (left.chart, left.name, left.namespace, left.values.text())
      < (right.chart, right.name, right.namespace, right.values.text())
  }
}
