import ZeroTouchModel
import ZeroTouchPipeline

/// A finished run as a table for people.
enum ReportView {
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
