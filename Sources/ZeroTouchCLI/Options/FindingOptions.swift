import ArgumentParser
import ZeroTouchModel
import ZeroTouchValidation

/// Which findings count and how they are told.
struct FindingOptions: ParsableArguments, Sendable {
  enum Format: String, ExpressibleByArgument, CaseIterable, Sendable { case text, json, sarif, junit, github }
  enum Threshold: String, ExpressibleByArgument, CaseIterable, Sendable { case error, warning }

  @Option(name: .long, help: "How findings are told: text, json, sarif, junit or github; -o json is json too.")
  var format: Format?

  @Option(name: .long, help: "From which severity on the exit status is 2: error or warning.")
  var failOn: Threshold = .error

  @Option(name: .long, help: "Only the rules whose names begin so, as in ZT3; several with commas, or repeated.")
  var select: [String] = []

  @Option(name: .long, help: "All but the rules whose names begin so.")
  var ignore: [String] = []

  /// The rules that count.
  func selection() throws -> RuleSelection {
    func names(_ values: [String]) -> [String] { values.flatMap { $0.split(separator: ",").map(String.init) } }
    let selection = RuleSelection(selected: names(select), ignored: names(ignore))
    if let stranger = selection.strangers.first {
      throw Refusal(
        .inputWrong, "no rule's name begins with `\(stranger)`", remedy: "see `zerotouch explain` for all of them")
    }
    return selection
  }

  var threshold: Diagnostic.Severity { failOn == .warning ? .warning : .error }

  /// The report in the form that was asked for; what is said of findings wins over what is said of results.
  func text(of report: ValidationReport, as output: OutputOptions.Format, style: Style) -> String {
    switch format ?? (output == .json ? .json : .text) {
    case .text: FindingsText(report: report, style: style).text
    case .json: FindingsJSON(report: report).json.text(.indented)
    case .sarif: SARIFView(report: report).json.text(.indented)
    case .junit: JUnitView(report: report).text
    case .github: GitHubView(report: report).text
    }
  }
}
