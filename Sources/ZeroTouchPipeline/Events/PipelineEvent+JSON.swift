package import ZeroTouchModel

extension PipelineEvent {
  /// The event as one JSON object; `at` is the time since the run began. The keys are a promise to those who read
  /// `--events ndjson` and `journal.ndjson`.
  package func json(at time: Duration) -> JSONValue {
    var object: JSONValue = ["at": .double(time.inSeconds), "event": .string(name)]
    for (key, value) in fields { object[key] = value }
    if let step { object["step"] = .string(step.description) }
    return object
  }

  /// The event as one line of NDJSON, without the line feed.
  package func line(at time: Duration) -> String { json(at: time).text() }

  /// The event's kind, in kebab case.
  package var name: String {
    switch self {
    case .began: "began"
    case .started: "started"
    case .observed: "observed"
    case .acting: "acting"
    case .retrying: "retrying"
    case .waiting: "waiting"
    case .passed: "passed"
    case .ended(_, let end, _): end.name == "not started" ? "not-started" : end.name
    case .explained: "explained"
    case .interrupted: "interrupted"
    case .finished: "finished"
    }
  }

  private var fields: [String: JSONValue] {
    switch self {
    case .began(let cluster, let steps, let expected):
      ["cluster": .string(cluster), "steps": JSONValue(steps), "expectedSeconds": .double(expected.inSeconds)]
    case .started(_, let title, let expected):
      ["title": .string(title), "expectedSeconds": .double(expected.inSeconds)]
    case .observed(_, let seen): ["state": .string(seen.state.rawValue), "saw": .string(seen.saw)]
    case .acting(_, let what): ["command": .string(what)]
    case .retrying(_, let attempt, let of, let reason):
      ["attempt": JSONValue(attempt), "attempts": JSONValue(of), "reason": .string(reason)]
    case .waiting(_, let gate, let reason, let elapsed, let expected):
      [
        "gate": .string(gate), "reason": .string(reason), "elapsedSeconds": .double(elapsed.inSeconds),
        "expectedSeconds": .double(expected.inSeconds),
      ]
    case .passed(_, let gate, let reason, let elapsed):
      ["gate": .string(gate), "reason": .string(reason), "elapsedSeconds": .double(elapsed.inSeconds)]
    case .ended(_, let end, let elapsed):
      ["elapsedSeconds": .double(elapsed.inSeconds)].merging(end.reason.map { ["reason": .string($0)] } ?? [:]) { $1 }
    case .explained(_, let causes, let words):
      ["causes": .array(causes.map { .string($0) }), "explanation": .string(words)]
    case .interrupted(let steps): ["at-steps": .array(steps.map { .string($0.description) })]
    case .finished(let done, let steps, let failed, let stopped, let elapsed):
      [
        "done": JSONValue(done), "steps": JSONValue(steps), "failed": JSONValue(failed),
        "stopped": .array(stopped.map { .string($0.description) }), "elapsedSeconds": .double(elapsed.inSeconds),
      ]
    }
  }
}
