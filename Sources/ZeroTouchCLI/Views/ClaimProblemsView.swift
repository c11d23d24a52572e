import ZeroTouchManifests
import ZeroTouchModel

/// What is wrong with claims, for people and for programs.
struct ClaimProblemsView: Sendable {
  let claims: Int
  let problems: [ClaimProblem]

  private var broken: Int { problems.count { !$0.isUnknown } }
  private var counted: String { claims == 1 ? "1 claim" : "\(claims) claims" }

  var text: String {
    let sum =
      broken == 0
      ? "\(counted) checked, nothing wrong" : "\(counted) checked, \(broken) \(broken == 1 ? "problem" : "problems")"
    return (problems.map(\.diagnostic.description) + [sum]).joined(separator: "\n")
  }

  var json: JSONValue {
    [
      "claims": JSONValue(claims), "valid": .bool(broken == 0),
      "problems": .array(
        problems.map { problem in
          [
            "severity": .string(problem.diagnostic.severity.rawValue), "file": .string(problem.location.file),
            "line": JSONValue(problem.location.line), "column": JSONValue(problem.location.column),
            "path": .string(problem.path.description), "rule": .string(problem.rule),
            "remedy": .string(problem.remedy),
          ]
        }),
    ]
  }
}
