import ArgumentParser
import Foundation
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
        zerotouch waves --repository ~/homelab --entry apps
            any repository, from one of its entry points
      """)

  @Option(name: .long, help: "main (Talos) or preview (Kind).")
  var environment: String = ClusterSpec.Environment.main.rawValue

  @Option(name: .long, help: "dev, staging or production.")
  var stage: String = ClusterSpec.Stage.production.rawValue

  @Option(
    name: [.customLong("format"), .customShort("o"), .long],
    help: "The form of the result: text, markdown, mermaid, svg or json.")
  var output: Format = .text

  @Option(
    name: .long,
    help: "What people apply, in a repository of any shape: a folder or file with Applications, as validate finds it.")
  var entry: String?

  @OptionGroup var repository: RepositoryOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    show(try await chart(environment), in: environment)
    return .done
  }

  private func chart(_ environment: LiveEnvironment) async throws -> WaveChart {
    guard entry == nil, let layout = try repository.layoutIfOurs(in: environment) else {
      return try await chartOfAny(environment)
    }
    let overlay = try overlay()
    let survey = try await RepositoryValidation(environment: environment, stage: nil).survey(layout.root)
    let needs = survey.needs(behind: RepositoryLayout(root: "").rootApplication(overlay))
    let expected = try await environment.composition.expected(layout, overlay)
    return WaveChart(expected, of: overlay.description, needs: needs)
  }

  /// The order behind one entry point of a repository that is laid out in its own way.
  private func chartOfAny(_ environment: LiveEnvironment) async throws -> WaveChart {
    let root = repository.repository.map(environment.absolute) ?? environment.currentDirectory
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: root, isDirectory: &isFolder), isFolder.boolValue else {
      throw Refusal(.inputWrong, "`\(root)` is no folder", remedy: "name the top folder of a repository")
    }
    let survey = try await RepositoryValidation(environment: environment, stage: nil).survey(root)
    let clusters = survey.clusters.filter { entry == nil || $0.entry == entry }
    guard let cluster = clusters.first, clusters.count == 1 else {
      let names = survey.clusters.map { "`\($0.entry)`" }.joined(separator: ", ")
      throw Refusal(
        .inputWrong, "`\(root)` has \(clusters.count) entry points\(entry.map { " called `\($0)`" } ?? ""), not one",
        remedy: names.isEmpty
          ? "name the top folder of a repository with Applications" : "name one by --entry: \(names)")
    }
    return WaveChart(
      try cluster.expectedApplications(), of: cluster.entry, needs: survey.needs(behind: cluster.entry))
  }

  private func show(_ chart: WaveChart, in environment: LiveEnvironment) {
    switch output {
    case .text:
      let header = ["WAVE", "APPLICATION", "FROM", "WHY THERE", "NEEDS"]
      environment.console.result(Table(header: header, rows: chart.rows).text)
    case .markdown: environment.console.result(chart.markdown.trimmingSuffix("\n"))
    case .mermaid: environment.console.result(chart.mermaid)
    case .svg: environment.console.result(chart.svg)
    case .json: environment.console.result(chart.json.text(.indented))
    }
  }

  private func overlay() throws -> Overlay {
    guard let kind = ClusterSpec.Environment(rawValue: environment) else {
      throw Refusal(.inputWrong, "there is no environment `\(environment)`", remedy: "name main or preview")
    }
    guard let stage = ClusterSpec.Stage(rawValue: stage) else {
      throw Refusal(.inputWrong, "there is no stage `\(stage)`", remedy: "name dev, staging or production")
    }
    return Overlay(kind, stage)
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
