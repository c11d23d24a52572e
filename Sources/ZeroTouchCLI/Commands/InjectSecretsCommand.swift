import ArgumentParser
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchSecrets

/// `zerotouch inject-secrets`.
struct InjectSecretsCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "inject-secrets",
    abstract: "Put the credentials that GitOps needs into the cluster: missing ones, and those that changed.",
    discussion: """
      Does what the step of the same name does in a bootstrap, and changes nothing where the cluster holds what is
      wanted. The values come from where the spec's references point: never from the command line.

      EXAMPLES
        zerotouch inject-secrets
        AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… zerotouch inject-secrets
        zerotouch inject-secrets --provider existing --kubeconfig FILE
      """)

  @OptionGroup var cluster: ClusterOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var events: EventOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let run = try await cluster.run(in: environment, output: output, events: events)
    guard !InjectionTable.rows(for: run.bootstrap.spec).isEmpty else {
      throw Refusal(
        .inputWrong, "the spec names no secrets, so there is nothing to inject",
        remedy: "add `secrets` to `spec` in zerotouch.yaml; `zerotouch init` writes an example")
    }
    // kubectl asks localhost without a word where the file is missing.
    _ = try KubeconfigFile.checked(run.bootstrap.kubeconfig)
    let report = try await run.perform(run.bootstrap.injectionPlan)
    environment.console.result(output.output == .json ? report.json.text(.indented) : ReportView.text(report))
    return .done
  }
}
