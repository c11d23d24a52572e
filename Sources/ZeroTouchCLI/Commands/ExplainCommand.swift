import ArgumentParser
import Foundation
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

  @Option(name: .long, help: ArgumentHelp("Write the pages of all rules into this folder.", visibility: .hidden))
  var write: String?

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    if let write { return try self.write(to: environment.absolute(write)) }
    environment.console.result(try text())
    return .done
  }

  /// The folder then holds the pages of the rules there are, and no others.
  private func write(to folder: String) throws -> ExitStatus {
    let files = FileManager.default
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in try files.contentsOfDirectory(atPath: folder) where name.hasPrefix("ZT") && name.hasSuffix(".md") {
      try files.removeItem(atPath: "\(folder)/\(name)")
    }
    for (name, text) in RulePage.all {
      try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }
    return .done
  }

  private var list: String {
    Table(header: ["RULE", "SEVERITY", "WHAT"], rows: Rule.all.map { [$0.id, $0.severity.rawValue, $0.title] }).text
  }

  private func text() throws -> String {
    guard let name = rule else { return output == .markdown ? RulePage.index : list }
    guard let rule = Rule.named(name) else {
      let nearest = Rule.all.first { $0.id.hasPrefix(name.uppercased().prefix(3)) }
      throw Refusal(
        .inputWrong, "there is no rule `\(name)`",
        remedy: "name one of `zerotouch explain`, such as \(nearest?.id ?? Rule.all[0].id)")
    }
    return output == .markdown ? RulePage(rule).markdown : RulePage(rule).text
  }
}
