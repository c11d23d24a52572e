import Foundation

/// A small chart written for rehearsals, in the place of one that cannot be fetched: the same object names,
/// labels, selectors and switches as upstream's, and nothing more than a bootstrap looks at.
package struct StandInChart: Sendable, Hashable {
  package let name: String
  /// Where upstream publishes the chart.
  package let repoURL: String
  package let version: String
  package let appVersion: String
  /// The `values.yaml` of the chart.
  package let values: String
  /// Templates by file name.
  package let templates: [String: String]

  package init(
    name: String, repoURL: String, version: String, appVersion: String, values: String, templates: [String: String]
  ) {
    self.name = name
    self.repoURL = repoURL
    self.version = version
    self.appVersion = appVersion
    self.values = values
    self.templates = templates
  }

  /// Every chart that has a stand-in.
  package static let all: [StandInChart] = [.cilium, .argoCD]

  /// Writes the chart as a folder `NAME-VERSION` and returns its path.
  package func write(into directory: String) throws -> String {
    let folder = "\(directory)/\(name)-\(version)"
    try FileManager.default.createDirectory(atPath: "\(folder)/templates", withIntermediateDirectories: true)
    try chartFile.write(toFile: "\(folder)/Chart.yaml", atomically: true, encoding: .utf8)
    try values.write(toFile: "\(folder)/values.yaml", atomically: true, encoding: .utf8)
    for (file, text) in templates {
      try text.write(toFile: "\(folder)/templates/\(file)", atomically: true, encoding: .utf8)
    }
    return folder
  }

  private var chartFile: String {
    """
    apiVersion: v2
    name: \(name)
    version: \(version)
    appVersion: \(appVersion)
    description: stand-in for rehearsals; never installed on machines

    """
  }
}
