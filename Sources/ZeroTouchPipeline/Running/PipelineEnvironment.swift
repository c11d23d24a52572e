package import Foundation
import ZeroTouchDiagnosis
package import ZeroTouchModel
package import ZeroTouchReadiness
package import ZeroTouchSecrets
package import ZeroTouchTools

/// What a run is given from outside: everything through which it touches the world, and nothing else.
package struct PipelineEnvironment: Sendable {
  package let tools: any ToolRunner
  package let gates: GateKeeper
  package let clock: any Clock<Duration>
  package let workspace: Workspace
  package let secrets: SecretResolver
  package let retries: RetryPolicy
  /// What nothing that is said may hold.
  package let concealment: Concealment
  /// How many images are written, and programs run, side by side; nil leaves it at what a laptop bears.
  package let width: Int?
  /// How long the look for the cause of a failure may take.
  package let examination: Duration
  /// The time of day, for the journal alone.
  package let wallClock: @Sendable () -> Date
  /// Called with every event, secrets taken out, and the time since the run began.
  package let report: @Sendable (PipelineEvent, Duration) -> Void

  package init(
    tools: any ToolRunner, gates: GateKeeper, clock: any Clock<Duration>, workspace: Workspace,
    secrets: SecretResolver, retries: RetryPolicy = RetryPolicy(), concealment: Concealment = Concealment(),
    width: Int? = nil, examination: Duration = Examiner.usualBound,
    report: @escaping @Sendable (PipelineEvent, Duration) -> Void = { _, _ in },
    wallClock: @escaping @Sendable () -> Date = { Date(timeIntervalSince1970: 0) }
  ) {
    self.tools = tools
    self.gates = gates
    self.clock = clock
    self.workspace = workspace
    self.secrets = secrets
    self.retries = retries
    self.concealment = concealment
    self.width = width
    self.examination = examination
    self.wallClock = wallClock
    self.report = report
  }
}
