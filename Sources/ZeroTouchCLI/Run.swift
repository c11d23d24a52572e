import ZeroTouchManifests
import ZeroTouchModel
import ZeroTouchPipeline

/// One run of a plan, told while it goes on and reported at its end.
struct Run: Sendable {
  var composition: BootstrapComposition
  let bootstrap: Bootstrap
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

  /// The Talos secrets of an earlier run are secrets of this one.
  private func concealBundle() {
    let path = bootstrap.secretsBundle
    guard let data = bootstrap.workspace.contents(of: path) else { return }
    let secrets = try? TalosSecrets(text: String(decoding: data, as: UTF8.self), file: path)
    composition.concealment.learn(secrets?.values ?? [])
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
