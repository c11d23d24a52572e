package import ZeroTouchModel

extension Diagnosis {
  /// The diagnosis as JSON, with stable keys.
  package var json: JSONValue {
    [
      "healthy": .bool(isHealthy), "causes": .array(causes.map(\.json)), "notes": .array(notes.map(\.json)),
      "unexplained": .array(unexplained.map(\.json)), "unread": .array(unread.map(\.json)),
    ]
  }
}

extension Diagnosis.Cause {
  fileprivate var json: JSONValue {
    [
      "id": .string(failure.id), "symptom": .string(failure.symptom), "cause": .string(failure.cause),
      "remedy": .string(failure.remedy), "source": .string(failure.source),
      "evidence": .array(evidence.map(\.json)),
    ]
  }
}

extension Symptom {
  fileprivate var json: JSONValue {
    ["place": .string(place.rawValue), "subject": .string(subject), "text": .string(text)]
  }
}

extension Examination.Unread {
  fileprivate var json: JSONValue { ["what": .string(what), "reason": .string(reason)] }
}

extension Examination {
  /// Everything that was read, with the programs that were asked, for a support bundle.
  package var json: JSONValue {
    [
      "symptoms": .array(symptoms.map(\.json)), "unread": .array(unread.map(\.json)),
      "calls": .array(
        calls.map { call in
          var value: JSONValue = ["command": .string(call.command), "error": .string(call.error)]
          value["status"] = call.status.map { JSONValue(Int($0)) }
          return value
        }),
    ]
  }
}
