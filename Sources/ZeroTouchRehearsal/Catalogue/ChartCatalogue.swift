import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchWorld

/// The charts and remote manifests that cannot be fetched in a rehearsal: what each brings, as data.
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
  func knows(_ repoURL: String) -> Bool {
    let wanted = ChartReference.normalized(repoURL)
    return entries.contains { $0.repoURL == wanted }
  }

  /// The entry a source means, or what Argo CD would say about its absence.
  func entry(for source: RepositorySource) throws -> CatalogueEntry {
    let wanted = ChartReference.normalized(source.repoURL)
    let same = entries.filter { $0.repoURL == wanted && $0.place == (source.chart ?? source.path) }
    guard let first = same.first else {
      guard source.chart == nil else { throw unknown(source, []) }
      throw RenderingFailure.missingPath(source.path)
    }
    if let entry = same.first(where: { $0.versions.contains(source.revision) }) { return entry }
    guard source.chart == nil else { throw unknown(source, first.versions) }
    throw RenderingFailure.unresolvable(revision: source.revision)
  }

  private func unknown(_ source: RepositorySource, _ known: [String]) -> RenderingFailure {
    .unknownChart(repoURL: source.repoURL, chart: source.chart ?? "", revision: source.revision, known: known)
  }
}
