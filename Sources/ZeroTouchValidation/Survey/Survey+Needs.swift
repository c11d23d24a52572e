package import ZeroTouchManifests
package import ZeroTouchModel

extension Survey {
  /// What each Application behind an entry point needs of the others, one thing for each of them, by its wave and name.
  package func needs(behind entry: String) -> [String: [WaveChart.Need]] {
    let wanted = entry.hasPrefix("/") ? String(entry.dropFirst()) : entry
    guard let graph = graphs.first(where: { $0.cluster.entry == wanted }) else { return [:] }
    let applications = graph.cluster.applications
    return Dictionary(
      uniqueKeysWithValues: graph.dependencies.map { user, needed in
        let sorted = needed.sorted {
          (applications[$0.key].wave, applications[$0.key].name) < (
            applications[$1.key].wave, applications[$1.key].name
          )
        }
        return (
          applications[user].name,
          sorted.map { WaveChart.Need(application: applications[$0.key].name, what: "\($0.value.capability)") }
        )
      })
  }
}

extension ClusterView {
  /// Its Applications, those that ApplicationSets make among them, in the order of their waves.
  package func expectedApplications() throws(InvalidInput) -> ExpectedApplications {
    let text = applications.map { $0.manifest.body.json.text() }.joined(separator: "\n---\n")
    return try ExpectedApplications.parse(text, source: entry)
  }
}
