import ZeroTouchModel

/// One step of a running sync: judge what runs, then apply the next wave.
extension ArgoCDController {
  /// Moves the sync of an Application on; the record's operation is changed in place.
  func step(_ key: ObjectKey, _ application: Application, in world: inout World) {
    guard var operation = world.argoCD.records[key]?.operation, operation.isRunning else { return }
    if let until = operation.pausedUntil, until > world.now { return }
    operation.pausedUntil = nil
    let tracked = world.watched(world.argoCD.records[key]?.tracked ?? [])
    let fault = world.activeFault(of: key.name)
    if case .hang = fault {
      operation.message = "one or more tasks are running"
    } else if case .syncError(let message, _) = fault {
      operation.end(.failed, "one or more objects failed to apply, reason: \(message)")
    } else {
      let tasks = SyncTasks(operation, application, tracked: tracked, in: world)
      run(&operation, tasks, application, in: &world)
    }
    if let until = operation.pausedUntil { world.start(timer(key, Purpose.step), after: until - world.now) }
    world.argoCD.records[key]?.operation = operation
    if operation.phase.isOver { conclude(key, in: &world) }
  }

  private func run(
    _ operation: inout SyncOperation, _ tasks: SyncTasks, _ application: Application, in world: inout World
  ) {
    guard tasks.invalid.isEmpty else {
      for (task, message) in tasks.invalid { operation.record(task, .failed, nil, message) }
      let reasons = tasks.invalid.map(\.message).joined(separator: ",")
      return operation.end(.failed, "one or more synchronization tasks are not valid: \(reasons)")
    }
    if !operation.isStarted, let reason = dryRun(tasks, &operation) { return operation.end(.failed, reason) }
    for task in tasks.all where operation.isRunning(task) { judge(task, &operation, in: world) }
    let running = tasks.all.filter { (tasks.hasSteps || $0.isHook) && operation.isRunning($0) }
    guard running.isEmpty else {
      operation.message = Self.waiting(for: running)
      return
    }
    let leaving = tasks.all.filter { task in
      operation.results[task.id]?.code == .pruned && task.live?[path: "metadata", "deletionTimestamp"] != nil
    }
    guard leaving.isEmpty else {
      operation.message = Self.waiting(for: leaving, deletion: true)
      return
    }
    if tasks.all.contains(where: { $0.phase != .syncFail && operation.failed($0) }) {
      return fail(&operation, tasks, "one or more synchronization tasks completed unsuccessfully", in: &world)
    }
    let pending = tasks.all.filter { $0.phase != .syncFail && operation.isPending($0) }
    guard let next = pending.first else {
      removeHooks(tasks, &operation, .succeeded, in: &world)
      return operation.end(.succeeded, "successfully synced (no more tasks)")
    }
    applyWave(next, of: pending, tasks, &operation, in: &world)
  }

  /// Every manifest is looked at before the first is applied; nil when all are well-formed.
  private func dryRun(_ tasks: SyncTasks, _ operation: inout SyncOperation) -> String? {
    var failed = false
    for task in tasks.all where !task.isPrune && !task.skipsDryRun {
      guard task.identity.name.isEmpty else { continue }
      operation.record(
        task, .failed, .failed, "error when retrieving current configuration: resource name may not be empty")
      failed = true
    }
    return failed ? "one or more objects failed to apply (dry run)" : nil
  }

  /// What the live object of a running task says about it.
  private func judge(_ task: SyncTask, _ operation: inout SyncOperation, in world: World) {
    guard let live = task.live else {
      if task.key != nil, !task.isHook {
        operation.record(task, nil, .error, "\(task.identity.kind) \"\(task.identity.name)\" not found")
      }
      return
    }
    let health = world.argoCD.checks.health(of: live)
    switch health?.status {
    case nil: operation.record(task, nil, .succeeded, operation.results[task.id]?.message ?? "")
    case .healthy: operation.record(task, nil, .succeeded, health?.message ?? "")
    case .degraded: operation.record(task, nil, .failed, health?.message ?? "")
    default: if task.isHook { operation.record(task, nil, .running, health?.message ?? "") }
    }
  }

  private func applyWave(
    _ next: SyncTask, of pending: [SyncTask], _ tasks: SyncTasks, _ operation: inout SyncOperation,
    in world: inout World
  ) {
    let wave = pending.filter { $0.phase == next.phase && $0.wave == next.wave }
    let remaining = pending.filter { $0.phase != next.phase || $0.wave != next.wave || $0.isHook }
    let isFinal = next.phase == pending.last?.phase && next.wave == pending.last?.wave
    operation.message = "one or more tasks are running"
    switch apply(wave, &operation, in: &world) {
    case .failed: return fail(&operation, tasks, "one or more objects failed to apply", in: &world)
    case .waitsForDefinitions: return
    case .applied: break
    }
    if !isFinal { operation.pausedUntil = world.now + RealWorld.syncWaveDelay.declared.typical }
    guard !remaining.isEmpty else {
      removeHooks(tasks, &operation, .succeeded, in: &world)
      return operation.end(.succeeded, "successfully synced (all tasks run)")
    }
    operation.message = Self.waiting(for: remaining)
    // Objects without health are done at once: nothing else would wake the sync.
    if isFinal { operation.pausedUntil = world.now + .milliseconds(100) }
  }

  private func fail(
    _ operation: inout SyncOperation, _ tasks: SyncTasks, _ message: String, in world: inout World
  ) {
    let reasons = tasks.all.filter { $0.phase != .syncFail && operation.results[$0.id]?.code == .failed }
      .compactMap { operation.results[$0.id]?.message }
    let text = reasons.isEmpty ? message : "\(message), reason: \(reasons.joined(separator: ","))"
    removeHooks(tasks, &operation, .failed, in: &world)
    let rescue = tasks.all.filter { $0.phase == .syncFail }
    let waiting = rescue.filter { operation.isPending($0) }
    if !waiting.isEmpty, apply(waiting, &operation, in: &world) == .applied {
      operation.pausedUntil = world.now + .milliseconds(100)
      operation.message = Self.waiting(for: waiting)
      return
    }
    operation.end(.failed, text)
  }

  private func removeHooks(
    _ tasks: SyncTasks, _ operation: inout SyncOperation, _ policy: SyncHook.DeletePolicy, in world: inout World
  ) {
    for task in tasks.all where task.isHook {
      guard let key = task.key, let target = task.target, operation.results[task.id]?.phase != .running else {
        continue
      }
      if SyncHook.deletePolicies(of: target).contains(policy) { world.delete(key) }
    }
  }

  /// `waiting for healthy state of apps/Deployment/x and 2 more resources`.
  private static func waiting(for tasks: [SyncTask], deletion: Bool = false) -> String {
    guard let first = tasks.first else { return "one or more tasks are running" }
    let what = deletion ? "deletion of" : first.isHook ? "completion of hook" : "healthy state of"
    let text = "waiting for \(what) \(first.identity)"
    guard tasks.count > 1 else { return text }
    return text + " and \(tasks.count - 1) more \(first.isHook ? "hooks" : "resources")"
  }
}
