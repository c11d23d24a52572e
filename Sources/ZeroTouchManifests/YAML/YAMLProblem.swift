import Yams
import ZeroTouchModel

/// A syntax error of the parser as a diagnostic.
struct YAMLProblem {
  let diagnostic: Diagnostic

  init(_ error: any Error, file: String) {
    func at(_ mark: Mark) -> SourceLocation {
      SourceLocation(file: file, line: max(mark.line - 1, 1), column: mark.column)
    }
    let remedy = "correct the YAML there, or on the line before it"
    switch error {
    case YamlError.parser(_, let problem, let mark, _) where problem.hasPrefix("Maximum nesting level"):
      diagnostic = Diagnostic(at: at(mark), "the YAML is nested deeper than 1000 levels", remedy: "flatten it")
    case YamlError.scanner(let context, let problem, let mark, _),
      YamlError.parser(let context, let problem, let mark, _),
      YamlError.composer(let context, let problem, let mark, _):
      let reason = [context?.text, problem].compactMap(\.self).joined(separator: ": ")
      diagnostic = Diagnostic(at: at(mark), "the file is not YAML: \(reason)", remedy: remedy)
    case YamlError.reader(let problem, let offset, _, let yaml):
      diagnostic = Diagnostic(
        at: Self.location(of: offset, in: yaml, file: file), "the file is not YAML: \(problem)",
        remedy: "remove that character")
    case YamlError.memory:
      diagnostic = Diagnostic(
        at: SourceLocation(file: file, line: 1, column: 1), "the YAML is nested deeper than 1000 levels",
        remedy: "flatten it")
    default:
      diagnostic = Diagnostic(
        at: SourceLocation(file: file, line: 1, column: 1), "the file is not YAML: \(error)", remedy: remedy)
    }
  }

  private static func location(of offset: Int?, in yaml: String, file: String) -> SourceLocation {
    let before = yaml.prefix(offset ?? 0).split(separator: "\n", omittingEmptySubsequences: false)
    return SourceLocation(file: file, line: max(before.count - 1, 1), column: (before.last?.count ?? 0) + 1)
  }
}
