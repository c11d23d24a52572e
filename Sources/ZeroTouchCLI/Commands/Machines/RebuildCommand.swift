import ArgumentParser
import Foundation
import ZeroTouchModel
import ZeroTouchPipeline

/// `zerotouch rebuild`.
struct RebuildCommand: Recordable {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Wipe every machine of a cluster and bootstrap it anew, from Git and with the same secrets.",
    discussion: """
      Where Talos answers, a machine's state and data are wiped and it waits in maintenance mode; one that waits in its
      rescue system gets Talos again, whatever its disk carries. Then the bootstrap runs as it always does. Nothing is
      wiped before every machine can be reached, and no machine is configured before every one is empty. Databases come
      back from their archives as new incarnations: once all is wiped, it waits for the commit that says from which.

      Kill it anywhere and run it again: it goes on, and wipes nothing that it has made. Once it has ended, the same
      command changes nothing.

      EXAMPLES
        zerotouch rebuild --confirm demo
            the cluster of zerotouch.yaml, whose name is demo
        zerotouch rebuild 203.0.113.10 --confirm NAME   one server, without a file
        zerotouch rebuild --confirm demo --after 2026-11-21T08:00:00Z
            once more, after the one that began then and has ended
        zerotouch rescue worker02 --via robot
            first, for a machine that says nothing
      """)

  @Argument(help: "The address of the first control plane; needed only where there is no zerotouch.yaml.")
  var address: String?

  @Option(name: .long, help: "Workers beside the address, as NAME:IP,NAME:IP; IPv6 addresses in brackets.")
  var workerNodes: String?

  @OptionGroup var confirmation: Confirmation

  @Option(name: .long, help: "When the last rebuild began, which has ended: another one is wanted after it.")
  var after: String?

  @Flag(name: .long, help: "Leave databases without their data: their archives were emptied.")
  var withoutRestore = false

  @Option(name: .long, help: "Wait so long for another run that holds the cluster: 10m.")
  var wait: WaitingTime?

  @OptionGroup var options: SpecOptions
  @OptionGroup var machines: MachineOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var events: EventOptions
  @OptionGroup var recording: RecordingOptions
  @OptionGroup var budget: BudgetOption

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    var cluster = options.cluster()
    (cluster.address, cluster.workerNodes) = (address, workerNodes)
    let (spec, layout) = try cluster.resolve(in: environment)
    guard spec.provider.ownsMachines else {
      throw Refusal(
        .inputWrong, "`\(spec.name)` has no machines of its own to wipe: its provider is `\(spec.provider.rawValue)`",
        remedy: "for a preview: kind delete cluster --name \(spec.name), then zerotouch bootstrap")
    }
    try confirmation.demand(of: spec, losing: Self.loss(spec))
    var run = try await cluster.run(
      of: spec, layout, in: environment, told: Narration(output, events), machines: machines)
    run.patience = wait?.duration ?? .zero
    // Whoever confirms the rebuild has said that the disks go.
    run.bootstrap.installation.wiping.cluster = spec.name
    run.bootstrap = run.bootstrap.rebuilding(at: environment.now.formatted(.iso8601), after: after)
    tell(run.bootstrap, environment.console)
    if !withoutRestore {
      run.bootstrap.databases = try await ArchivedDatabases(environment: environment, bootstrap: run.bootstrap).found()
    }
    let plan = run.bootstrap.rebuildPlan
    try budget.check(Prediction(of: plan))
    let report = try await run.perform(plan)
    environment.console.result(
      ReportView.text(of: report, as: output.output, next: NextSteps(for: run.bootstrap)))
    return .done
  }

  private static func loss(_ spec: ClusterSpec) -> String {
    let machines = spec.nodes.map { "\($0.name) (\($0.address))" }.joined(separator: ", ")
    return "state and data of every machine of `\(spec.name)` would be wiped: \(machines)"
  }

  private func tell(_ bootstrap: Bootstrap, _ console: Console) {
    guard events.events == .text, case .cluster(let renewal) = bootstrap.renewing else { return }
    if renewal.isFinished {
      console.narrate(
        "the rebuild that began at \(renewal.began) has ended, and nothing is wiped; another one: "
          + "zerotouch rebuild --confirm \(bootstrap.spec.name) --after \(renewal.began)")
    } else if bootstrap.renewals.cluster == renewal {
      console.narrate("the rebuild that began at \(renewal.began) goes on")
    }
  }
}
