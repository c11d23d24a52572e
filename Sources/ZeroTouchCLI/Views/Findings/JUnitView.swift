import ZeroTouchModel
import ZeroTouchValidation

/// Findings as a JUnit report: a suite a family, a test a rule, a failure for what it finds.
struct JUnitView: Sendable {
  let report: ValidationReport

  var text: String {
    let failures = report.open.count
    let suites = RuleFamily.all.map(suite).joined(separator: "\n")
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="zerotouch validate" tests="\(Rule.all.count)" failures="\(failures)">
      \(suites)
      </testsuites>
      """
  }

  private func suite(_ family: RuleFamily) -> String {
    let cases = family.rules.map(testCase).joined(separator: "\n")
    let failures = report.open.count { finding in family.rules.contains { $0.id == finding.rule } }
    return """
        <testsuite name="\(escaped("\(family.id) \(family.title)"))" tests="\(family.rules.count)" failures="\(failures)">
      \(cases)
        </testsuite>
      """
  }

  private func testCase(_ rule: Rule) -> String {
    let name = "    <testcase classname=\"\(rule.id)\" name=\"\(escaped(rule.title))\""
    let found = report.open.filter { $0.rule == rule.id }
    let accepted = report.accepted.filter { $0.rule == rule.id }
    guard !found.isEmpty || !accepted.isEmpty else { return "\(name)/>" }
    let failures = found.map { finding in
      "      <failure type=\"\(finding.severity.rawValue)\" message=\"\(escaped("\(finding.location): \(finding.what)"))\">"
        + escaped(finding.remedy) + "</failure>"
    }
    let words = accepted.map { "\($0.location): \($0.what); accepted: \($0.acceptedBecause ?? "")" }
    let told = words.isEmpty ? [] : ["      <system-out>\(escaped(words.joined(separator: "\n")))</system-out>"]
    return ([name + ">"] + failures + told + ["    </testcase>"]).joined(separator: "\n")
  }

  private func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n": result += "&#10;"
      // XML 1.0 has no other control characters, not even written as numbers.
      case _ where scalar.value < 0x20: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
