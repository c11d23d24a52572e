import Foundation
package import ZeroTouchManifests
import ZeroTouchModel
package import ZeroTouchTools

/// The folder with everything from outside that a bootstrap uses, one file an artifact.
///
/// What the lock names and the folder lacks is represented by a stand-in, and the lock of the rehearsed copy then
/// pins the stand-in's sum, so that the pipeline verifies it as it verifies the real one.
package struct ArtifactCache: Sendable, Hashable {
  package let directory: String
  /// The user's own cache; what lies there with the right sum is used instead of a stand-in.
  package let fetched: String

  package init(directory: String, fetched: String) {
    self.directory = directory
    self.fetched = fetched
  }

  /// Fills the cache for a lock and returns the lock as it is filled: with the sums of stand-ins where they stand in.
  package func fill(_ lock: ArtifactLock, tools: any ToolRunner) async throws -> ArtifactLock {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    var filled: [ArtifactLock.Artifact] = []
    for artifact in lock.artifacts {
      let target = "\(directory)/\(artifact.fileName)"
      if useFetched(artifact, as: target) {
        filled.append(artifact)
        continue
      }
      try await writeStandIn(for: artifact, to: target, tools: tools)
      let data = FileManager.default.contents(atPath: target) ?? Data()
      filled.append(artifact.standIn(sha256: SHA256.hexadecimal(of: data), size: data.count))
    }
    return ArtifactLock(artifacts: filled)
  }

  /// The charts of a lock as Applications ask for them.
  func charts(of lock: ArtifactLock) -> [Scenario.Chart] {
    StandInChart.all.compactMap { chart in
      lock[chart.name].map {
        Scenario.Chart(
          repoURL: chart.repoURL, chart: chart.name, version: $0.version, path: "\(directory)/\($0.fileName)")
      }
    }
  }

  private func useFetched(_ artifact: ArtifactLock.Artifact, as target: String) -> Bool {
    guard let data = FileManager.default.contents(atPath: "\(fetched)/\(artifact.fileName)"), artifact.accepts(data)
    else { return false }
    return FileManager.default.createFile(atPath: target, contents: data)
  }

  private func writeStandIn(for artifact: ArtifactLock.Artifact, to target: String, tools: any ToolRunner) async throws
  {
    if let chart = StandInChart.all.first(where: { $0.name == artifact.name }) {
      let folder = try chart.write(into: "\(directory)/charts")
      _ = try await tools.succeed(Helm.package(folder, into: directory))
    } else {
      let text = StandInGatewayAPI.manifests[artifact.name] ?? "stands in for \(artifact.url)\n"
      try text.write(toFile: target, atomically: true, encoding: .utf8)
    }
  }
}
