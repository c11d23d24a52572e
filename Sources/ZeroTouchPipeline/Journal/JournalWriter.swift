import Foundation
import ZeroTouchModel

/// Writes the events of one run into the journal, each with the time of day, and its beginning with who runs it.
struct JournalWriter: Sendable {
  let journal: Journal
  /// Who runs it.
  let by: String
  let wallClock: @Sendable () -> Date

  func write(_ event: PipelineEvent, at time: Duration) throws(PipelineError) {
    var line = event.json(at: time)
    line["time"] = .string(wallClock().formatted(.iso8601))
    if case .began = event { line["by"] = .string(by) }
    try journal.append(line.text())
  }
}
