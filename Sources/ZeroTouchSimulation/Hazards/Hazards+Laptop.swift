import Foundation
import ZeroTouchPipeline

extension Hazards {
  /// Where the runs keep their state.
  func stateDirectory(usually folder: String) -> String { laptop == .readOnly ? "/proc/zerotouch" : folder }

  /// The other clusters whose state lies beside a run's.
  func neighbours(of workspace: Workspace) -> [Neighbour] {
    foreign.values.sorted { $0.name < $1.name }.map {
      Neighbour(name: $0.name, talosconfig: $0.talosconfig(beside: workspace))
    }
  }

  /// Lays out what is on the laptop before a run: other clusters' talosconfigs, and a disk that takes no journal.
  func prepare(_ workspace: Workspace) throws {
    for cluster in foreign.values {
      try workspace.write(Data(cluster.talosconfig.utf8), to: cluster.talosconfig(beside: workspace))
    }
    guard laptop == .diskFull else { return }
    try workspace.prepare()
    try FileManager.default.createSymbolicLink(
      atPath: workspace.path("journal.ndjson"), withDestinationPath: "/dev/full")
  }
}
