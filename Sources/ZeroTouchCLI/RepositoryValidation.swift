import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools
import ZeroTouchValidation

/// Puts a validation together: the real kubectl, the program's own catalogue, the user's cache.
struct RepositoryValidation: Sendable {
  let environment: LiveEnvironment
  /// Only the entry points whose names end so; nil for all.
  let stage: String?

  func report(on root: String) async throws -> ValidationReport {
    let survey = try await survey(root)
    return await Validation(width: ProcessInfo.processInfo.activeProcessorCount).report(on: survey)
  }

  func survey(_ root: String) async throws -> Survey {
    let surveyor = Surveyor(
      tools: environment.tools(), catalogue: try ChartCatalogue.embedded(),
      cache: "\(environment.cacheDirectory)/kustomize")
    let survey = try await surveyor.survey(root)
    guard let stage else { return survey }
    let chosen = survey.keeping(stage: stage)
    guard !chosen.clusters.isEmpty else {
      let names = survey.clusters.map { "`\($0.entry)`" }.joined(separator: ", ")
      throw Refusal(
        .inputWrong, "no entry point of `\(root)` ends with `\(stage)`",
        remedy: "name the end of one of these: \(names.isEmpty ? "there is none" : names)")
    }
    return chosen
  }
}
