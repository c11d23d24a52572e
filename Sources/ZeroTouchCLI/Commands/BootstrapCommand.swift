import ArgumentParser
import ZeroTouchModel
import ZeroTouchPipeline

/// `zerotouch bootstrap`.
struct BootstrapCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "bootstrap", abstract: "Turn servers into a platform whose every Application is Synced and Healthy.",
    discussion: """
      Does only what is missing: kill it anywhere and run it again.

      EXAMPLES
        zerotouch bootstrap                             the cluster of zerotouch.yaml
        zerotouch bootstrap 203.0.113.10                one server, without a file
        zerotouch bootstrap 203.0.113.10 --root-password-file FILE --disk serial=S4XXXX
        zerotouch bootstrap 203.0.113.10 --worker-nodes worker01:203.0.113.20
        zerotouch bootstrap --provider existing --kubeconfig FILE
      """)

  @OptionGroup var cluster: ClusterOptions
  @OptionGroup var machines: MachineOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var events: EventOptions
  @OptionGroup var budget: BudgetOption

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let run = try await cluster.reference.run(in: environment, told: Narration(output, events), machines: machines)
    let plan = run.bootstrap.plan()
    try budget.check(Prediction(of: plan))
    let report = try await run.perform(plan)
    let next = NextSteps(for: run.bootstrap)
    switch output.output {
    case .text: environment.console.result("\(ReportView.text(report))\n\n\(next.text)")
    case .json:
      var json = report.json
      json["next"] = next.json
      environment.console.result(json.text(.indented))
    }
    return .done
  }
}
