import ZeroTouchModel

/// What Argo CD's components remember: the rendered state of every Application and the syncs that run.
package struct ArgoCDState: Sendable {
  var records: [ObjectKey: ApplicationRecord] = [:]
  /// The Application every tracked object belongs to.
  var owners: [ObjectKey: ObjectKey] = [:]
  /// Errands whose answer an Application waits for.
  var open: [Int: ObjectKey] = [:]
  /// Errands that ask where a revision stands now.
  var polls: [Int: RepositorySource.Reference] = [:]
  /// Where each followed revision stood last.
  var commits: [RepositorySource.Reference: String] = [:]
  /// Whether the components ran when they were last looked at.
  var isRunning = false
  var checks = HealthChecks()
  var filter = ResourceFilter()

  package init() {}
}

/// What the controller knows about one Application.
struct ApplicationRecord: Sendable {
  /// The `comparedTo` part of the spec and the sync policy that were read last.
  var spec: JSONValue?
  /// The open errands by place of the source.
  var rendering: [Int: Int] = [:]
  var rendered: [Int: ErrandResult] = [:]
  var wanted: WantedState?
  /// Why the wanted state is not known.
  var failure: String?
  /// Live objects that say they belong to it.
  var tracked: Set<ObjectKey> = []
  var operation: SyncOperation?
  /// The verdict about each live object, kept as long as its revision stands.
  var verdicts: [ResourceIdentity: Verdict] = [:]
  /// The last sync that ended: the same commit is not synced twice but to heal drift.
  var attempt: Attempt?
  /// Self-heals in a row; each waits longer.
  var heals = 0

  struct Attempt: Sendable {
    let revisions: [String]
    let comparedTo: JSONValue
    let phase: OperationPhase
    let message: String
    let endedAt: Duration
  }

  struct Verdict: Sendable {
    let revision: String
    let isSynced: Bool
    let health: ResourceHealth?
  }
}
