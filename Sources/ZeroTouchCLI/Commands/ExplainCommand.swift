import ArgumentParser
import ZeroTouchModel
import ZeroTouchValidation

/// `zerotouch explain`.
struct ExplainCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say what a rule of validate finds, why it matters and how to mend it.",
    discussion: """
      EXAMPLES
        zerotouch explain                 every rule in a line
        zerotouch explain ZT313
        zerotouch explain ZT313 -o markdown
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable, Sendable { case text, markdown }

  @Argument(help: "The rule's name; all rules where none is named.")
  var rule: String?

  @Option(name: [.customShort("o"), .long], help: "The form of the result: text, or markdown as in docs/rules.")
  var output: Format = .text

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    environment.console.result(try text())
    return .done
  }

  private func text() throws -> String {
    guard let name = rule else { return output == .markdown ? RulePage.index : RulePage.list }
    guard let rule = Rule.named(name) else {
      let nearest = Rule.all.first { $0.id.hasPrefix(name.uppercased().prefix(3)) }
      throw Refusal(
        .inputWrong, "there is no rule `\(name)`",
        remedy: "name one of `zerotouch explain`, such as \(nearest?.id ?? Rule.all[0].id)")
    }
    return output == .markdown ? RulePage(rule).markdown : RulePage(rule).text
  }
}
