import Foundation
import ZeroTouchModel

/// The charts and remote manifests that are known without being fetched: what each brings, as data.
///
/// The data is `charts.yaml` beside this file. Every entry says its version and who says so.
package struct ChartCatalogue: Sendable {
  package let entries: [CatalogueEntry]

  /// Reads a catalogue; `file` names it in messages.
  package init(yaml text: String, file: String) throws {
    let documents = try YAMLDocuments.parse(text, file: file)
    entries = try documents.map { try CatalogueEntry($0) }
  }

  /// The catalogue that is part of the program.
  package static func embedded() throws -> ChartCatalogue {
    try ChartCatalogue(yaml: String(decoding: PackageResources.charts_yaml, as: UTF8.self), file: "charts.yaml")
  }

  /// Whether anything of a repository is described.
  package func knows(_ repoURL: String) -> Bool {
    let wanted = ChartReference.normalized(repoURL)
    return entries.contains { $0.repoURL == wanted }
  }

  /// What is taken for a version: its own entry, or the newest of the same major version.
  package func entry(of place: String, in repoURL: String, at revision: String) -> CatalogueEntry? {
    let same = entries(of: place, in: repoURL)
    if let exact = same.first(where: { $0.versions.contains(revision) }) { return exact }
    guard let wanted = SemanticVersion(revision) else { return nil }
    return same.compactMap { entry in
      entry.versions.compactMap { SemanticVersion($0) }.filter { $0.major == wanted.major }.max().map { (entry, $0) }
    }.max { $0.1 < $1.1 }?.0
  }

  /// What is described of a chart, or of a path of a Git repository, one entry for each set of versions.
  package func entries(of place: String, in repoURL: String) -> [CatalogueEntry] {
    let wanted = ChartReference.normalized(repoURL)
    return entries.filter { $0.repoURL == wanted && $0.place == place }
  }
}
