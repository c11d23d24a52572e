import ArgumentParser
import Foundation
import ZeroTouchModel
import ZeroTouchPipeline

/// `zerotouch bootstrap`.
struct BootstrapCommand: Recordable {
  static let configuration = CommandConfiguration(
    commandName: "bootstrap", abstract: "Turn servers into a platform whose every Application is Synced and Healthy.",
    discussion: """
      Does only what is missing: kill it anywhere and run it again.

      EXAMPLES
        zerotouch bootstrap                  the cluster of zerotouch.yaml
        zerotouch bootstrap 203.0.113.10     one server, without a file
        zerotouch bootstrap 203.0.113.10 --root-password-file FILE --disk serial=S4X
        zerotouch bootstrap 203.0.113.10 --worker-nodes worker01:203.0.113.20
        zerotouch bootstrap --provider existing --kubeconfig FILE
        zerotouch bootstrap --plan FILE
            what `zerotouch plan --save FILE` saw, and nothing else
        zerotouch bootstrap --until argocd   up to a step, by id or stage
      """)

  @OptionGroup var cluster: ClusterOptions
  @OptionGroup var machines: MachineOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var events: EventOptions
  @OptionGroup var recording: RecordingOptions
  @OptionGroup var budget: BudgetOption

  @OptionGroup var selection: SelectionOptions

  @Option(
    name: .customLong("plan"),
    help: "Carry out a plan that was saved; refused when the world, or the input, is otherwise by now.")
  var savedPlan: String?

  @Option(name: .long, help: "Wait so long for another run that holds the cluster: 10m.")
  var wait: WaitingTime?

  func execute(in environment: LiveEnvironment) async throws -> ExitStatus {
    var run = try await cluster.reference.run(in: environment, told: Narration(output, events), machines: machines)
    run.patience = wait?.duration ?? .zero
    let plan = try await steps(of: run, environment)
    try budget.check(Prediction(of: plan))
    let report =
      savedPlan == nil
      ? try await run.performAsking { try $0.plan().selecting(selection.selection) } : try await run.perform(plan)
    environment.console.result(
      ReportView.text(of: report, as: output.output, next: NextSteps(for: run.bootstrap)))
    return .done
  }

  /// The steps that are meant; those of a saved plan only while it holds.
  private func steps(of run: Run, _ environment: LiveEnvironment) async throws -> BootstrapPlan {
    let whole = try run.bootstrap.plan().selecting(selection.selection)
    guard let path = savedPlan else { return whole }
    let text = FileManager.default.contents(atPath: environment.absolute(path)).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard let saved = text.flatMap(SavedPlan.init(parsing:)) else {
      throw Refusal(.inputWrong, "`\(path)` is no saved plan", remedy: "make one: zerotouch plan --save \(path)")
    }
    let narrowed = saved.narrow(whole)
    let differences = saved.differences(to: SavedPlan(narrowed, try await run.observe(narrowed)))
    guard differences.isEmpty else {
      throw Refusal(
        .refused, "the world has moved since `\(path)` was saved: \(differences.joined(separator: "; "))",
        remedy: "look at it anew: zerotouch plan --save \(path)")
    }
    return narrowed
  }
}

/// A time in words, such as `10m`.
struct WaitingTime: ExpressibleByArgument, Sendable, Hashable {
  let duration: Duration

  init?(argument: String) {
    guard let duration = Duration(words: argument), duration >= .zero else { return nil }
    self.duration = duration
  }
}
