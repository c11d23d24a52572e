/// What a rehearsal renders in place of charts that its catalogue does not have.
package struct CatalogueGaps: Sendable {
  private let catalogue: ChartCatalogue
  private let applications: ExpectedApplications
  /// Its charts, or stand-ins for them, lie in the cache.
  private let lock: ArtifactLock

  package init(of catalogue: ChartCatalogue, beside lock: ArtifactLock, for applications: ExpectedApplications) {
    self.catalogue = catalogue
    self.lock = lock
    self.applications = applications
  }

  /// One line for every chart of another version, or of none.
  package var notes: [String] {
    applications.applications.flatMap { application in
      application.sources.compactMap { source in source.chart.flatMap { note($0, source, application) } }
    }
  }

  private func note(_ chart: String, _ source: Application.Source, _ application: Application) -> String? {
    let known = catalogue.entries(of: chart, in: source.repoURL).flatMap(\.versions)
    guard lock[chart] == nil, !known.contains(source.revision) else { return nil }
    let whole = "`\(chart)` \(source.revision) of the Application `\(application.name)`"
    if let entry = catalogue.entry(of: chart, in: source.repoURL, at: source.revision) {
      return
        "\(whole) is rehearsed as \(entry.versions.joined(separator: ", ")), which the catalogue has; whether upstream "
        + "has it is not known here"
    }
    return
      "\(whole) cannot be rehearsed: the catalogue has \(known.isEmpty ? "no such chart" : known.joined(separator: ", "))"
  }
}
