import ZeroTouchModel
import ZeroTouchValidation

/// Findings for programs.
struct FindingsJSON: Sendable {
  let report: ValidationReport

  var json: JSONValue {
    [
      "findings": .array(report.open.map(finding)), "accepted": .array(report.accepted.map(finding)),
      "notes": .array(report.notes.map { ["location": place($0.location), "text": .string($0.text)] }),
      "errors": JSONValue(report.count(.error)), "warnings": JSONValue(report.count(.warning)),
      "checked": [
        "files": JSONValue(report.files), "objects": JSONValue(report.objects),
        "entryPoints": JSONValue(report.clusters), "applications": JSONValue(report.applications),
      ],
    ]
  }

  private func finding(_ finding: Finding) -> JSONValue {
    var json: JSONValue = [
      "rule": .string(finding.rule), "severity": .string(finding.severity.rawValue),
      "location": place(finding.location), "what": .string(finding.what), "why": .string(finding.why),
      "remedy": .string(finding.remedy),
    ]
    json["acceptedBecause"] = finding.acceptedBecause.map(JSONValue.string)
    return json
  }

  private func place(_ location: SourceLocation) -> JSONValue {
    ["file": .string(location.file), "line": JSONValue(location.line), "column": JSONValue(location.column)]
  }
}
