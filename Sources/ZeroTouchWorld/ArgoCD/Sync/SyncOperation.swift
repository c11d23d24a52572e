import ZeroTouchModel

/// A sync that runs, waits for its next attempt, or is over.
struct SyncOperation: Sendable {
  /// The wanted state it was started with: a running operation does not pick up new commits.
  var wanted: WantedState
  let comparedTo: JSONValue
  let options: SyncOptions
  let prunes: Bool
  let retry: RetryPolicy
  let namespaceMetadata: JSONValue?
  let isAutomated: Bool
  /// The resources a self-heal is limited to; hooks are then left out.
  let selection: Set<ResourceIdentity>?
  /// How many self-heals in a row led here.
  var healAttempts = 0

  var phase = OperationPhase.running
  var message = ""
  var startedAt: String
  var finishedAt: String?
  var retryCount = 0
  var retryAt: Duration?
  /// Before this instant the pause between two waves is not over.
  var pausedUntil: Duration?
  private(set) var results: [SyncTask.ID: TaskResult] = [:]

  var isStarted: Bool { !results.isEmpty }
  var isRunning: Bool { phase == .running && retryAt == nil }

  /// Files what became of a task.
  mutating func record(_ task: SyncTask, _ code: TaskResult.Code?, _ phase: OperationPhase?, _ message: String) {
    let order = results[task.id]?.order ?? results.count + 1
    results[task.id] = TaskResult(code: code ?? results[task.id]?.code, phase: phase, message: message, order: order)
  }

  mutating func end(_ phase: OperationPhase, _ message: String) {
    self.phase = phase
    self.message = message
  }

  /// Begins the next attempt from the first wave.
  mutating func begin(attempt: Int, at time: String) {
    results = [:]
    retryAt = nil
    finishedAt = nil
    startedAt = time
    phase = .running
    message = "Retrying operation. Attempt #\(attempt)"
  }

  func isPending(_ task: SyncTask) -> Bool { results[task.id] == nil }
  func isRunning(_ task: SyncTask) -> Bool { results[task.id]?.phase == .running }
  func failed(_ task: SyncTask) -> Bool { [.failed, .error].contains(results[task.id]?.phase) }
}
