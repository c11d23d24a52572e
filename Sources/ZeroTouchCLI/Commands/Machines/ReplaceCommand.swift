import ArgumentParser
import Foundation
import ZeroTouchModel
import ZeroTouchPipeline

/// `zerotouch replace`.
struct ReplaceCommand: Recordable {
  static let configuration = CommandConfiguration(
    commandName: "replace", abstract: "Take one node out of a cluster that runs, wipe its machine, and join it anew.",
    discussion: """
      A machine that answers is drained, leaves etcd and is reset; one that is dead is taken out of etcd by another
      control plane, and gets Talos again once it waits in its rescue system. Then it joins as it did the first time.
      Refuses what would cost the majority of etcd, or volumes of a machine that runs.

      Kill it anywhere and run it again: it goes on. Once it has ended, the same command changes nothing.

      EXAMPLES
        zerotouch replace worker02 --confirm demo
        zerotouch rescue cp03 --via robot --confirm demo
            first, for a machine that is dead
        zerotouch replace cp03 --confirm demo
        zerotouch replace cp03 --confirm demo --after 2026-11-21T08:00:00Z
            once more, after the one that began then and has ended
      """)

  @Argument(help: "The node, by its name in the spec.")
  var name: String

  @OptionGroup var confirmation: Confirmation

  @Option(name: .long, help: "When its last replacement began, which has ended: another one is wanted after it.")
  var after: String?

  @Option(name: .long, help: "Wait so long for another run that holds the cluster: 10m.")
  var wait: WaitingTime?

  @OptionGroup var options: SpecOptions
  @OptionGroup var machines: MachineOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var events: EventOptions
  @OptionGroup var recording: RecordingOptions

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    let cluster = options.cluster()
    let (spec, layout) = try cluster.resolve(in: environment)
    _ = try spec.machines([name])
    try confirmation.demand(of: spec, losing: "state and data of `\(name)` would be wiped")
    var run = try await cluster.run(
      of: spec, layout, in: environment, told: Narration(output, events), machines: machines)
    run.patience = wait?.duration ?? .zero
    // Whoever confirms the replacement has said that the machine's disk goes.
    run.bootstrap.installation.wiping.cluster = spec.name
    run.bootstrap = run.bootstrap.replacing(name, at: environment.now.formatted(.iso8601), after: after)
    tell(run.bootstrap, environment.console)
    let report = try await run.perform(run.bootstrap.replacementPlan)
    environment.console.result(ReportView.text(of: report, as: output.output))
    return .done
  }

  private func tell(_ bootstrap: Bootstrap, _ console: Console) {
    guard events.events == .text, case .node(_, let renewal) = bootstrap.renewing else { return }
    if renewal.isFinished {
      console.narrate(
        "the replacement of `\(name)` that began at \(renewal.began) has ended, and nothing is wiped; another one: "
          + "zerotouch replace \(name) --confirm \(bootstrap.spec.name) --after \(renewal.began)")
    } else if bootstrap.renewals.nodes[name] == renewal {
      console.narrate("the replacement of `\(name)` that began at \(renewal.began) goes on")
    }
  }
}
