import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchRehearsal
import ZeroTouchSimulation
import ZeroTouchTools

/// A fault that a rehearsal meets, with the real programs: in its world, and on the way there.
struct RehearsedFault: Sendable {
  private let fault: Fault

  /// - Throws: `Refusal` where nobody knows it, or where it happens to the laptop itself.
  init(named name: String) throws {
    fault = try .named(name)
    guard fault.hazards.spareTheLaptop else {
      throw Refusal(
        .inputWrong, "`\(name)` happens to this laptop, and a rehearsal leaves that alone",
        remedy: "meet it in one process: zerotouch simulate --fault \(name) --events ndjson")
    }
  }

  /// The machines that it needs.
  var nodes: NodeCounts { NodeCounts(fault.machines) }

  /// What becomes of calls on their way.
  var calls: [CallHazard] { fault.hazards.told }

  /// The words by which the world's process learns of it.
  var arguments: [String] { ["--fault", fault.name] }

  /// Lays down the state of other clusters, where machines belong to one.
  func prepare(_ layout: RepositoryLayout) throws {
    for cluster in fault.hazards.foreign.values {
      let workspace = Workspace(root: layout.state(of: cluster.name))
      try workspace.prepare()
      try workspace.write(Data(cluster.talosconfig.utf8), to: workspace.path("talosconfig"))
    }
  }

  /// Says at the end whether the run met it as it is to be met, and with what status it ends then; `error` is nil where
  /// the run got over it.
  func judge(_ error: (any Error)?, _ console: Console) -> ExitStatus {
    let surprises = fault.surprises(in: error.map { "\($0)" })
    let end = error == nil ? "the bootstrap got over it" : "the bootstrap failed closed"
    console.narrate(
      surprises.isEmpty
        ? "`\(fault.name)` (\(fault.title)) ended as it is to end: \(end)"
        : "`\(fault.name)` (\(fault.title)) ended otherwise than it is to end: \(surprises.joined(separator: "; "))")
    return surprises.isEmpty && error == nil ? .done : .runFailed
  }
}
