import ArgumentParser
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline

/// `zerotouch join-worker`.
struct JoinWorkerCommand: Recordable {
  static let configuration = CommandConfiguration(
    commandName: "join-worker", abstract: "Add workers to a running cluster, side by side; no other node is touched.",
    discussion: """
      Every worker has its own line; one that fails is told with its cause and leaves the others alone. Run the same
      command again: it does only what is missing.

      EXAMPLES
        zerotouch join-worker worker02:203.0.113.21
        zerotouch join-worker worker02:203.0.113.21 worker03:[2001:db8::22]
        zerotouch join-worker --parallel 30 $(cat workers.txt)
      """)

  @Argument(help: "The new workers, as NAME:IP.")
  var workers: [String]

  @Option(name: .long, help: "The kubeconfig of the cluster.")
  var kubeconfig: String?

  @OptionGroup var options: SpecOptions
  @OptionGroup var machines: MachineOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var events: EventOptions
  @OptionGroup var recording: RecordingOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let added = try WorkerArgument.parse(workers)
    let cluster = options.cluster(kubeconfig: kubeconfig)
    let (spec, layout) = try cluster.resolve(in: environment)
    let names = Set(added.map(\.name))
    let run = try await cluster.run(
      of: try spec.joining(added), layout, in: environment, told: Narration(output, events), machines: machines,
      of: names)
    let report = try await run.performAsking { $0.joinPlan(workers: names) }
    environment.console.result(ReportView.text(of: report, as: output.output))
    return .done
  }
}
