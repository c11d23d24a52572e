import ZeroTouchModel
import ZeroTouchSimulation

/// The faults that were met, as the page that docs hold.
enum FaultPage {
  static func markdown(_ trials: [FaultTrial]) -> String {
    let rows = trials.map { trial in
      let machines = trial.fault.machines
      return "| `\(trial.fault.name)` | \(trial.fault.title) | \(machines.controlPlanes) + \(machines.workers) "
        + "| \(end(of: trial)) | \(trial.took.inWords) | \(trial.reason) "
        + "| \(trial.causes.map { "`\($0)`" }.joined(separator: ", ")) |"
    }
    return """
      # Faults, and how a bootstrap ends under each

      Made by `zerotouch simulate --faults`: every row is one bootstrap of so many control planes and workers on the
      embedded world, in virtual time, with one thing going wrong. It gets over it, or it ends within its bounds and says
      why; a test holds this page against what happens. The causes are those of [failures.md](failures.md) that it names,
      the likeliest first. One of them again, with all it says: `zerotouch simulate --fault NAME --events ndjson`; with the
      real programs: `zerotouch rehearse --fault NAME`.

      | fault | what goes wrong | machines | end | after | what it says | causes |
      |---|---|---|---|---|---|---|
      \(rows.joined(separator: "\n"))
      """
  }

  private static func end(of trial: FaultTrial) -> String { trial.message == nil ? "converges" : "fails closed" }
}
