import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchTools
import ZeroTouchValidation

/// Puts a validation together: the real kubectl, the program's own catalogue, the user's cache.
struct RepositoryValidation: Sendable {
  let environment: LiveEnvironment
  /// Only the entry points of this stage; nil for all.
  let stage: String?

  /// What is found in one repository, or in several together, each place behind the name of its repository.
  func report(on roots: [(name: String, folder: String)]) async throws -> ValidationReport {
    var whole: ValidationReport?
    for root in roots {
      let report = try await report(on: root.folder)
      let placed = root.name.isEmpty ? report : report.placed(below: root.name)
      whole = whole?.joined(with: placed) ?? placed
    }
    return whole ?? .empty
  }

  func report(on root: String) async throws -> ValidationReport {
    let survey = try await survey(root)
    return await Validation(width: ProcessInfo.processInfo.activeProcessorCount).report(on: survey)
  }

  /// What surveys a repository.
  var surveyor: Surveyor {
    get throws {
      Surveyor(
        tools: environment.tools(), catalogue: try ChartCatalogue.embedded(),
        cache: "\(environment.cacheDirectory)/kustomize")
    }
  }

  func survey(_ root: String) async throws -> Survey {
    let survey = try await surveyor.survey(root)
    // A pipeline that checks out the wrong folder must not pass.
    guard !survey.tree.files.isEmpty else {
      throw Refusal(
        .inputWrong, "`\(root)` holds no YAML: there is nothing to look at",
        remedy: "name the top folder of a GitOps repository")
    }
    guard let stage else { return survey }
    let chosen = survey.keeping(stage: stage)
    guard !chosen.clusters.isEmpty else {
      let names = survey.clusters.map { "`\($0.entry)`" }.joined(separator: ", ")
      throw Refusal(
        .inputWrong, "no entry point of `\(root)` is of the stage `\(stage)`",
        remedy: "name a folder, or the end of one, of these: \(names.isEmpty ? "there is none" : names)")
    }
    return chosen
  }
}
