import ArgumentParser
import ZeroTouchManifests
import ZeroTouchModel

/// `zerotouch apis validate`.
struct ValidateClaimsCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check claims against the platform's APIs.",
    discussion: """
      Reports everything that the API server would refuse, all at once, with file, line, column, field and rule; fields
      that nobody reads are refused too. Exits with 2 where something is wrong. A rule that cannot be evaluated without
      a cluster is a warning.

      EXAMPLES
        zerotouch apis validate platform/apis/*/examples/*.yaml
        zerotouch apis validate my-claim.yaml -o json
      """)

  @Argument(help: "Files with claims; `-` for standard input.")
  var files: [String]

  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var format: ResultFormat

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let catalogue = try PlatformAPICatalogue.load(repository.layout(in: environment))
    let claims = try ClaimFiles.read(files, in: environment).claims
    let problems = claims.flatMap { catalogue.problems(of: $0.document) }
    let isValid = problems.allSatisfy(\.isUnknown)
    let view = ClaimProblemsView(claims: claims.count, problems: problems)
    environment.console.result(format.output == .json ? view.json.text(.indented) : view.text)
    return isValid ? .done : .inputWrong
  }
}
