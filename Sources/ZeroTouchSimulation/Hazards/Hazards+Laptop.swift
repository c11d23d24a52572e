import Foundation
import ZeroTouchPipeline
import ZeroTouchRehearsal
import ZeroTouchWorld

extension Hazards {
  /// Where the runs keep their state.
  func stateDirectory(usually folder: String) -> String { laptop == .readOnly ? "/proc/zerotouch" : folder }

  /// Puts the journal onto a disk that takes nothing, where the laptop's is full.
  func prepare(_ workspace: Workspace) throws {
    guard laptop == .diskFull else { return }
    try workspace.prepare()
    try FileManager.default.createSymbolicLink(
      atPath: workspace.path("journal.ndjson"), withDestinationPath: "/dev/full")
  }

  /// Who renders what Argo CD asks for.
  func errands(usually runner: any ErrandRunner) -> any ErrandRunner {
    repositoryFailure.map { FailingErrands(reason: $0) } ?? runner
  }
}

/// A repository server that answers every request with the same failure.
private struct FailingErrands: ErrandRunner {
  let reason: String

  func perform(_ errand: Errand) async -> ErrandResult { .failed(reason) }
}
