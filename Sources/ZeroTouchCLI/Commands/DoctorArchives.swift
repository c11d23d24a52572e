import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools
import ZeroTouchValidation

/// Finds the buckets that the databases of a repository archive to, and asks them.
struct DoctorArchives: Sendable {
  let environment: LiveEnvironment
  /// The top of the repository; nil where there is none.
  let root: String?

  func verdicts() async -> [ObjectLockVerdict] {
    guard let root, let buckets = try? await buckets(in: root), !buckets.isEmpty else { return [] }
    return await ObjectLockInspection(by: environment.tools(), as: .own(environment.variables)).verdicts(on: buckets)
  }

  /// What claims name that some cluster gets: examples beside an API archive nowhere.
  private func buckets(in root: String) async throws -> [ArchiveBucket] {
    let survey = try await RepositoryValidation(environment: environment, stage: nil).survey(root)
    var byPlace: [[String]: (days: Int, claims: Set<String>)] = [:]
    for object in survey.clusters.flatMap(\.objects) where object.manifest.kind == "PostgresInstance" {
      guard let backup = object.manifest["spec", "backup"], let name = backup["bucket"]?.text else { continue }
      let place = [name, backup["region"]?.text ?? "", backup["endpointURL"]?.text ?? ""]
      let days = ArchiveBucket.days(in: backup["retention"]?.text)
      let known = byPlace[place]
      byPlace[place] = (
        min(known?.days ?? days, days),
        (known?.claims ?? []).union(["\(object.namespace ?? "default")/\(object.manifest.name)"])
      )
    }
    return byPlace.map { place, found in
      ArchiveBucket(
        name: place[0], region: place[1].isEmpty ? nil : place[1], endpoint: place[2].isEmpty ? nil : place[2],
        retentionDays: found.days, claims: found.claims.sorted())
    }.sorted()
  }
}
