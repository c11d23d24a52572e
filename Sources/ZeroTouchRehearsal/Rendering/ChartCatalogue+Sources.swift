import ZeroTouchManifests
import ZeroTouchWorld

extension ChartCatalogue {
  /// The entry a source means, or what Argo CD would say about its absence.
  func entry(for source: RepositorySource) throws -> CatalogueEntry {
    let place = source.chart ?? source.path
    if let entry = self.entry(of: place, in: source.repoURL, at: source.revision) { return entry }
    let same = entries(of: place, in: source.repoURL)
    guard let first = same.first else {
      guard source.chart == nil else { throw unknown(source) }
      throw RenderingFailure.missingPath(source.path)
    }
    guard source.chart == nil else {
      throw RenderingFailure.unsupported(
        "version \(source.revision) of the chart `\(place)`: its catalogue has \(first.versions.joined(separator: ", "))"
      )
    }
    throw RenderingFailure.unresolvable(revision: source.revision)
  }

  private func unknown(_ source: RepositorySource) -> RenderingFailure {
    .unknownChart(repoURL: source.repoURL, chart: source.chart ?? "", revision: source.revision)
  }
}
