import ZeroTouchModel

/// The part of a sync a task belongs to, in order.
enum SyncPhase: String, Sendable, Hashable, CaseIterable {
  case preSync = "PreSync"
  case sync = "Sync"
  case postSync = "PostSync"
  case syncFail = "SyncFail"

  var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// One resource in one phase of a sync: to apply, or to prune when there is no target.
struct SyncTask: Sendable {
  /// What a task's result is filed under.
  struct ID: Sendable, Hashable {
    let identity: ResourceIdentity
    let phase: SyncPhase
  }

  let phase: SyncPhase
  let identity: ResourceIdentity
  let target: JSONValue?
  let live: JSONValue?
  /// Where the object lives; nil while its kind is not served.
  let key: ObjectKey?
  let isHook: Bool
  var wave: Int
  var skipsDryRun = false

  var id: ID { ID(identity: identity, phase: phase) }
  var isPrune: Bool { target == nil && !isHook }
  var object: JSONValue? { target ?? live }

  /// The wave an object asks for by annotation, or a Helm hook by weight.
  static func wave(of object: JSONValue) -> Int {
    if let wave = object.annotation(ArgoCDNames.syncWave) { return Int(wave) ?? 0 }
    if let weight = object.annotation(ArgoCDNames.helmHookWeight) { return Int(weight) ?? 0 }
    return 0
  }
}

/// What became of a task so far.
struct TaskResult: Sendable, Hashable {
  enum Code: String, Sendable, Hashable {
    case synced = "Synced"
    case failed = "SyncFailed"
    case pruned = "Pruned"
    case pruneSkipped = "PruneSkipped"
  }

  var code: Code?
  var phase: OperationPhase?
  var message: String
  let order: Int
}

/// How far an operation or a task is.
enum OperationPhase: String, Sendable, Hashable {
  case running = "Running"
  case succeeded = "Succeeded"
  case failed = "Failed"
  case error = "Error"
  case terminating = "Terminating"

  var isOver: Bool { self == .succeeded || self == .failed || self == .error }
}
