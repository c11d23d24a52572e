import ZeroTouchModel
import ZeroTouchValidation

/// Findings for people: one block each, then what was accepted and not known, then one line of sums.
struct FindingsText: Sendable {
  let report: ValidationReport
  let style: Style
  /// Whether every note is told, or only how many there are.
  var tellsNotes = true

  var text: String {
    let blocks = report.open.map(block)
    let accepted = report.accepted.map {
      "accepted \($0.rule) \($0.location): \($0.what)\n  because: \($0.acceptedBecause ?? "")"
    }
    let notes = tellsNotes ? unknowns : []
    return (blocks + accepted + notes + [summary]).joined(separator: "\n")
  }

  /// What is not known, each thing once with the first of its places.
  private var unknowns: [String] {
    let places = Dictionary(grouping: report.notes, by: \.text).mapValues(\.count)
    var told: Set<String> = []
    return report.notes.filter { told.insert($0.text).inserted }.map { note in
      let others = (places[note.text] ?? 1) - 1
      let more = others == 0 ? "" : " (and at \(counted(others, "other place")))"
      return "\(style.note("unknown")) \(note.location): \(note.text)\(more)"
    }
  }

  private func block(_ finding: Finding) -> String {
    let severity = finding.severity == .error ? style.bad("error") : style.note("warning")
    return """
      \(style.strong(finding.rule)) \(severity) \(finding.location)
        \(finding.what)
        \(style.faint("why: \(finding.why)"))
        fix: \(finding.remedy)

      """
  }

  private var summary: String {
    let checked =
      "\(counted(report.objects, "object")) in \(counted(report.files, "file")), "
      + "\(counted(report.clusters, "entry point")), up to \(counted(report.applications, "Application")) each"
    let found =
      report.open.isEmpty
      ? style.good("nothing found")
      : "\(counted(report.count(.error), "error")), \(counted(report.count(.warning), "warning"))"
    let accepted = report.accepted.isEmpty ? "" : ", \(report.accepted.count) accepted"
    let unknown = report.notes.isEmpty ? "" : ", \(report.notes.count) not known"
    return "\(found)\(accepted)\(unknown); checked \(checked)"
  }

  private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
