import ZeroTouchManifests
import ZeroTouchWorld

extension ChartCatalogue {
  /// The entry a source means, or what Argo CD would say about its absence.
  func entry(for source: RepositorySource) throws -> CatalogueEntry {
    let same = entries(of: source.chart ?? source.path, in: source.repoURL)
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
