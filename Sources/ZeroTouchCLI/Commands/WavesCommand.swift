import ArgumentParser
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchValidation

/// `zerotouch waves`.
struct WavesCommand: Subcommand {
  /// How the order is written.
  enum Format: String, ExpressibleByArgument, CaseIterable, Sendable {
    case text, markdown, mermaid, svg, json
  }

  static let configuration = CommandConfiguration(
    commandName: "waves", abstract: "Print in which order Argo CD brings the platform up, and why.",
    discussion: """
      EXAMPLES
        zerotouch waves
        zerotouch waves --environment preview --stage dev
        zerotouch waves -o markdown > docs/waves.md
        zerotouch waves --format svg > docs/waves.svg
      """)

  @Option(name: .long, help: "main (Talos) or preview (Kind).")
  var environment: String = ClusterSpec.Environment.main.rawValue

  @Option(name: .long, help: "dev, staging or production.")
  var stage: String = ClusterSpec.Stage.production.rawValue

  @Option(
    name: [.customLong("format"), .customShort("o"), .long],
    help: "The form of the result: text, markdown, mermaid, svg or json.")
  var output: Format = .text

  @OptionGroup var repository: RepositoryOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let layout = try repository.layout(in: environment)
    let overlay = try overlay()
    let name = "\(overlay.0.rawValue)-\(overlay.1.rawValue)"
    let survey = try await RepositoryValidation(environment: environment, stage: nil).survey(layout.root)
    let needs = survey.needs(behind: RepositoryLayout(root: "").rootApplication(overlay.0, overlay.1))
    let expected = try await environment.composition.expected(layout, overlay)
    let chart = WaveChart(expected, of: name, needs: needs)
    switch output {
    case .text:
      let header = ["WAVE", "APPLICATION", "FROM", "WHY THERE", "NEEDS"]
      environment.console.result(Table(header: header, rows: chart.rows).text)
    case .markdown: environment.console.result(chart.markdown.trimmingSuffix("\n"))
    case .mermaid: environment.console.result(chart.mermaid)
    case .svg: environment.console.result(chart.svg)
    case .json: environment.console.result(chart.json.text(.indented))
    }
    return .done
  }

  private func overlay() throws -> (ClusterSpec.Environment, ClusterSpec.Stage) {
    guard let kind = ClusterSpec.Environment(rawValue: environment) else {
      throw Refusal(.inputWrong, "there is no environment `\(environment)`", remedy: "name main or preview")
    }
    guard let stage = ClusterSpec.Stage(rawValue: stage) else {
      throw Refusal(.inputWrong, "there is no stage `\(stage)`", remedy: "name dev, staging or production")
    }
    return (kind, stage)
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
