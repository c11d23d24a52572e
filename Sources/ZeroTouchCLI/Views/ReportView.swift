import ZeroTouchModel
import ZeroTouchPipeline

/// A finished run as a table for people.
enum ReportView {
  /// The report in the form that was asked for, with what somebody does next, where that is known.
  static func text(of report: RunReport, as format: OutputOptions.Format, next: NextSteps? = nil) -> String {
    switch format {
    case .text: return next.map { "\(text(report))\n\n\($0.text)" } ?? text(report)
    case .json:
      var json = report.json
      if let next { json["next"] = next.json }
      return json.text(.indented)
    }
  }

  static func text(_ report: RunReport) -> String {
    var table = Table(header: ["STAGE", "NODE", "STATE", "TOOK", "WAITED FOR"])
    table.rows = report.rows.map { row in
      [row.stage, row.node ?? "-", row.state, row.duration.inWords, row.waitedFor.map(shortened) ?? "-"]
    }
    return table.text
  }

  /// The beginning of a reason; the transcript has all of it.
  private static func shortened(_ reason: String) -> String {
    reason.count <= 90 ? reason : "\(reason.prefix(89))…"
  }
}
