import Foundation
import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchRecording

/// One run of a plan, told while it goes on and reported at its end.
struct Run: Sendable {
  var composition: BootstrapComposition
  var bootstrap: Bootstrap
  var narration = Narration()
  let console: Console
  /// Fixes the order of what may start at once.
  var seed: UInt64 = 0
  /// How long it waits for another run that holds the cluster.
  var patience: Duration = .zero

  /// Performs the plan; the caller shows the report.
  func perform(_ plan: BootstrapPlan) async throws -> RunReport {
    concealBundle()
    let environment = composition.environment(
      for: bootstrap, prompt: TerminalPrompt().ask, report: listener)
    return try await PipelineRunner(environment, seed: seed, holder: Process.holder, patience: patience)
      .run(plan)
  }

  /// Performs a plan that may write disks. Where some carry data, and somebody sits at the terminal, the cluster's name
  /// is asked for: it permits what was shown, and no more.
  func performAsking(_ plan: (Bootstrap) throws -> BootstrapPlan) async throws -> RunReport {
    var run = self
    while true {
      do { return try await run.perform(try plan(run.bootstrap)) } catch let error as PipelineError {
        let machines = error.machinesWithData
        let before = run.bootstrap.installation.wiping
        guard !machines.isEmpty, before.cluster == nil || before.machines?.isDisjoint(with: machines) == true,
          try await run.mayWipe(machines)
        else { throw error }
        composition.recorder?.note(typed: ["--wipe", run.bootstrap.spec.name])
        run.bootstrap.installation.wiping.cluster = run.bootstrap.spec.name
        run.bootstrap.installation.wiping.machines = machines.union(before.machines ?? [])
      }
    }
  }

  private func mayWipe(_ machines: Set<String>) async throws -> Bool {
    guard composition.replay == nil, isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return false }
    let name = bootstrap.spec.name
    let question =
      "to wipe what was shown of \(machines.sorted().joined(separator: ", ")), type the cluster's name (\(name))"
    return try await TerminalPrompt(isHidden: false).ask(question)?.exposed == Data(name.utf8)
  }

  /// The Talos secrets of an earlier run are secrets of this one.
  private func concealBundle() {
    composition.concealment.learn(bundle: bootstrap.secretsBundle, in: bootstrap.workspace)
  }

  /// Looks without changing anything.
  func observe(_ plan: BootstrapPlan) async throws -> [PipelineObserver.Sighting] {
    try await PipelineObserver(composition.environment(for: bootstrap, report: { _, _ in })).observe(plan)
  }

  private var listener: @Sendable (PipelineEvent, Duration) -> Void {
    if narration.stream == .ndjson {
      return { [console] event, time in console.narrate(event.line(at: time)) }
    }
    let view = EventView(console: console, isVerbose: narration.isVerbose)
    return { event, time in view.show(event, at: time) }
  }
}
