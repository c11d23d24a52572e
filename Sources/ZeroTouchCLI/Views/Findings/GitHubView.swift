import ZeroTouchModel
import ZeroTouchValidation

/// Findings as workflow commands, which GitHub shows beside the lines of a change.
struct GitHubView: Sendable {
  let report: ValidationReport

  var text: String {
    let commands = report.open.map { finding in
      let place =
        "file=\(property(finding.location.file)),line=\(finding.location.line),col=\(finding.location.column)"
      return "::\(finding.severity.rawValue) \(place),title=\(property(finding.rule))::"
        + data("\(finding.what)\n\(finding.remedy)")
    }
    let notes = report.notes.map {
      "::notice file=\(property($0.location.file)),line=\($0.location.line)::\(data($0.text))"
    }
    let accepted = report.accepted.map {
      "::notice file=\(property($0.location.file)),line=\($0.location.line),title=\(property($0.rule))::"
        + data("\($0.what)\naccepted: \($0.acceptedBecause ?? "")")
    }
    return (commands + accepted + notes).joined(separator: "\n")
  }

  private func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
