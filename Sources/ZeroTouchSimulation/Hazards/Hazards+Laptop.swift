import Foundation
import ZeroTouchPipeline
import ZeroTouchRehearsal
import ZeroTouchWorld

extension Hazards {
  /// Where the runs keep their state.
  func stateDirectory(usually folder: String) -> String { laptop == .readOnly ? "/proc/zerotouch" : folder }

  /// The other clusters whose state lies beside a run's.
  func neighbours(of workspace: Workspace) -> [Neighbour] {
    foreign.values.sorted { $0.name < $1.name }.map { cluster in
      Neighbour(name: cluster.name, talosconfig: "\(workspace.root)-\(cluster.name)/talosconfig")
    }
  }

  /// Lays out what is on the laptop before a run: other clusters' talosconfigs, and a disk that takes no journal.
  func prepare(_ workspace: Workspace) throws {
    for (neighbour, cluster) in zip(neighbours(of: workspace), foreign.values.sorted { $0.name < $1.name }) {
      try workspace.write(Data(cluster.talosconfig.utf8), to: neighbour.talosconfig)
    }
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
