import ZeroTouchModel
import ZeroTouchPipeline

/// A run of the journal as people read it.
enum JournalView {
  static func text(_ run: JournaledRun, _ commands: Bool) -> String {
    let took = run.seconds.map { " after \(Duration.seconds($0).inWords)" } ?? ""
    var table = Table(header: ["WHEN", "STEP", "END", "TOOK", "WHY"])
    for step in run.steps {
      let why = step.reason.isEmpty ? step.saw : step.reason
      table.rows.append([
        clock(step.began), step.id, step.end, step.seconds.map { Duration.seconds($0).inWords } ?? "-",
        why.split(separator: "\n").first.map(String.init) ?? "",
      ])
      if commands { table.rows += step.did.map { ["", "", "", "", "  \($0)"] } }
    }
    let explained = run.steps.map(\.explanation).filter { !$0.isEmpty }.map { "\n\($0)" }.joined()
    return "\(run.began) by \(run.by): \(run.end)\(took)\n\(table.text)\(explained)"
  }

  /// The time of day of a moment.
  private static func clock(_ moment: String) -> String {
    moment.split(separator: "T").last.map { String($0.prefix(8)) } ?? "-"
  }
}
