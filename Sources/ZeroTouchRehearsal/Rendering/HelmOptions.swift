import Foundation
import ZeroTouchModel
import ZeroTouchTools
import ZeroTouchWorld

/// `spec.source.helm` of an Application, and the files it names.
struct HelmOptions {
  let options: JSONValue
  private let source: RepositorySource

  init(_ source: RepositorySource) {
    self.source = source
    options = source.helm ?? [:]
  }

  var release: String { options["releaseName"]?.stringValue ?? source.application }
  var namespace: String { options["namespace"]?.stringValue ?? source.namespace }
  var includesCRDs: Bool { !(options["skipCrds"]?.boolValue ?? false) }
  var apiVersions: [String] { (options["apiVersions"]?.arrayValue ?? []).compactMap(\.stringValue) }

  /// The value files' paths: `$name/…` in the repository of that name, others beside the chart.
  func valueFiles(chart: String?, repository: ServedRepository) throws -> [String] {
    let names = (options["valueFiles"]?.arrayValue ?? []).compactMap(\.stringValue)
    let mayMiss = options["ignoreMissingValueFiles"]?.boolValue ?? false
    return try names.compactMap { name in
      let path = try path(of: name, chart: chart, repository)
      if FileManager.default.fileExists(atPath: path) { return path }
      if mayMiss { return nil }
      throw RenderingFailure.missingValueFile(name)
    }
  }

  private func path(of name: String, chart: String?, _ repository: ServedRepository) throws -> String {
    guard name.hasPrefix("$") else {
      guard let chart else { throw RenderingFailure.missingValueFile(name) }
      return name.hasPrefix("/") ? try repository.path(of: String(name.dropFirst())) : "\(chart)/\(name)"
    }
    let parts = name.dropFirst().split(separator: "/", maxSplits: 1)
    guard parts.count == 2, let reference = source.references[String(parts[0])] else {
      throw RenderingFailure.missingReference(valueFile: name, name: parts.first.map(String.init) ?? "")
    }
    guard repository.answers(for: reference.repoURL) else {
      throw RenderingFailure.unknownRepository(reference.repoURL)
    }
    return try repository.path(of: String(parts[1]))
  }
}
