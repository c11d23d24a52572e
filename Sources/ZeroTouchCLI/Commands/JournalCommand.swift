import ArgumentParser
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline

/// `zerotouch journal`.
struct JournalCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "journal", abstract: "Print what runs did: who, when, what, why, how long.",
    discussion: """
      The journal explains; it never decides. What is true now, `zerotouch status` says.

      EXAMPLES
        zerotouch journal                       the last run
        zerotouch journal --runs 5 --commands   five, with every command line
        zerotouch journal -o json
      """)

  @OptionGroup var cluster: ClusterOptions
  @OptionGroup var output: OutputOptions

  @Option(name: .long, help: "How many runs, the last ones.")
  var runs = 1

  @Flag(name: .long, help: "Also print the command lines, files and gates of every step.")
  var commands = false

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let (spec, layout) = try cluster.reference.resolve(in: environment)
    let path = Workspace(root: layout.state(of: spec.name)).path("journal.ndjson")
    let all = JournaledRun.all(at: path)
    guard !all.isEmpty else {
      throw Refusal(
        .inputWrong, "`\(path)` holds no run",
        remedy: "name the cluster's file or address, as for `zerotouch bootstrap`")
    }
    let shown = all.suffix(max(runs, 1))
    switch output.output {
    case .text: environment.console.result(shown.map { JournalView.text($0, commands) }.joined(separator: "\n\n"))
    case .json: environment.console.result(JSONValue.array(shown.map(\.json)).text(.indented))
    }
    return .done
  }
}
