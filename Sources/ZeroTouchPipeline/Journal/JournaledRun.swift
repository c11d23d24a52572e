import Foundation
package import ZeroTouchModel

/// One run as the journal has it: who ran it, when, and what it did.
package struct JournaledRun: Sendable, Hashable {
  /// One step of it.
  package struct Step: Sendable, Hashable {
    package let id: String
    /// The moment at which it began, as the clock on the wall had it.
    package var began = ""
    /// What it saw first: why it did anything, or nothing.
    package var saw = ""
    package var did: [String] = []
    package var end = "interrupted"
    package var reason = ""
    /// The causes that were found for its failure, with what speaks for them.
    package var explanation = ""
    package var seconds: Double?
  }

  /// Who ran it: user, machine and process.
  package let by: String
  package let began: String
  package var steps: [Step] = []
  /// How it ended; a run that was killed says nothing.
  package var end = "killed"
  package var seconds: Double?

  /// The runs in the lines of a journal, in their order; half a line, as a killed run leaves it, is passed over.
  package static func all(in lines: some Sequence<Substring>) -> [JournaledRun] {
    var runs: [JournaledRun] = []
    for line in lines {
      guard let event = try? JSONValue(parsing: line.utf8), let kind = event["event"]?.stringValue else { continue }
      let time = event["time"]?.stringValue ?? ""
      if kind == "began" { runs.append(JournaledRun(by: event["by"]?.stringValue ?? "unknown", began: time)) }
      guard !runs.isEmpty else { continue }
      runs[runs.count - 1].take(event, kind, time)
    }
    return runs
  }

  /// The runs of a journal, those of its older files with it.
  package static func all(at path: String) -> [JournaledRun] {
    let text = Journal.files(of: path).compactMap { FileManager.default.contents(atPath: $0) }
      .map { String(decoding: $0, as: UTF8.self) }.joined()
    return all(in: text.split(separator: "\n"))
  }

  private init(by: String, began: String) { (self.by, self.began) = (by, began) }

  private mutating func take(_ event: JSONValue, _ kind: String, _ time: String) {
    if kind == "finished" {
      seconds = event["elapsedSeconds"]?.seconds
      let isWhole = event["failed"]?.intValue == 0 && event["stopped"]?.arrayValue?.isEmpty == true
      if end == "killed" { end = isWhole ? "done" : "failed" }
    }
    if kind == "interrupted" { end = "interrupted" }
    guard let id = event["step"]?.stringValue else { return }
    if !steps.contains(where: { $0.id == id }) { steps.append(Step(id: id)) }
    guard let index = steps.firstIndex(where: { $0.id == id }) else { return }
    steps[index].take(event, kind, time)
  }

  package var json: JSONValue {
    var value: JSONValue = [
      "by": .string(by), "began": .string(began), "end": .string(end), "steps": .array(steps.map(\.json)),
    ]
    value["seconds"] = seconds.map { .double($0) }
    return value
  }
}

extension JournaledRun.Step {
  fileprivate mutating func take(_ event: JSONValue, _ kind: String, _ time: String) {
    switch kind {
    case "started": began = time
    case "observed": if saw.isEmpty { saw = event["saw"]?.stringValue ?? "" }
    case "explained": explanation = event["explanation"]?.stringValue ?? ""
    case "acting": did.append(event["command"]?.stringValue ?? "")
    case "done", "found", "failed", "stopped", "not-started":
      end = kind
      reason = event["reason"]?.stringValue ?? ""
      seconds = event["elapsedSeconds"]?.seconds
    default: break
    }
  }

  fileprivate var json: JSONValue {
    var value: JSONValue = [
      "step": .string(id), "began": .string(began), "saw": .string(saw), "did": .array(did.map(JSONValue.string)),
      "end": .string(end), "reason": .string(reason),
    ]
    value["seconds"] = seconds.map { .double($0) }
    value["explanation"] = explanation.isEmpty ? nil : .string(explanation)
    return value
  }
}

extension JSONValue {
  /// A number of seconds, written with or without a fraction.
  fileprivate var seconds: Double? {
    switch self {
    case .double(let value): value
    case .int(let value): Double(value)
    default: nil
    }
  }
}
