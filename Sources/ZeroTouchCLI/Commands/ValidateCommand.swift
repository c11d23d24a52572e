import ArgumentParser
import ZeroTouchModel
import ZeroTouchPipeline

/// `zerotouch validate`.
struct ValidateCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check the live cluster: every Application, gate and injected Secret.",
    discussion: """
      Changes nothing; exits with 3 and the causes where something is not as Git expects it.

      EXAMPLES
        zerotouch validate --cluster
        zerotouch validate --cluster --provider existing --kubeconfig FILE
      """)

  @Flag(name: .long, help: "Check the live cluster.")
  var cluster = false

  @OptionGroup var options: ClusterOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var events: EventOptions

  func validate() throws {
    guard cluster else { throw ValidationError("checking a repository offline is not there yet; add --cluster") }
  }

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let run = try await options.run(in: environment, output: output, events: events)
    let report = try await run.perform(run.bootstrap.plan().validating)
    environment.console.result(output.output == .json ? report.json.text(.indented) : ReportView.text(report))
    return .done
  }
}
