import Foundation
import ZeroTouchModel

/// Starting, ending and retrying syncs.
extension ArgoCDController {
  /// Takes up a sync that somebody asked for in the Application's `operation`, or ends the running one.
  func takeRequest(_ key: ObjectKey, _ application: Application, in world: inout World) {
    if application.object[path: "status", "operationState", "phase"] == "Terminating" {
      world.argoCD.records[key]?.operation?.end(.failed, "Operation terminated")
      world.timers.cancel(timer(key, Purpose.retry))
      if world.argoCD.records[key]?.operation != nil { close(key, in: &world) }
      return
    }
    guard let request = application.object["operation"]?["sync"], world.argoCD.records[key]?.operation == nil,
      let wanted = world.argoCD.records[key]?.wanted
    else { return }
    let words = request["syncOptions"]?.arrayValue?.compactMap(\.stringValue)
    var operation = SyncOperation(
      wanted: wanted, comparedTo: application.comparedTo,
      options: words.map(SyncOptions.init) ?? application.policy.options,
      prunes: request["prune"]?.boolValue ?? false,
      retry: RetryPolicy(application.object["operation"]?["retry"] ?? [:]),
      namespaceMetadata: application.policy.namespaceMetadata, isAutomated: false, selection: nil,
      startedAt: world.timestamp)
    operation.message = "waiting to start"
    world.argoCD.records[key]?.operation = operation
  }

  /// Begins an automated sync when the Application is out of sync and this commit was not tried before.
  func syncAutomatically(
    _ key: ObjectKey, _ application: Application, _ comparison: ApplicationComparison, in world: inout World
  ) -> String? {
    let policy = application.policy
    guard policy.isAutomated, !application.isBeingDeleted, comparison.sync == .outOfSync,
      let record = world.argoCD.records[key], record.operation == nil, let wanted = record.wanted,
      application.object["operation"] == nil
    else { return nil }
    let outOfSync = comparison.resources.filter { !$0.isSynced }
    if outOfSync.allSatisfy(\.needsPruning), !policy.prunes { return nil }
    if wanted.resources.isEmpty, !policy.allowsEmpty {
      return "auto-sync will wipe out all resources"
    }
    var selection: Set<ResourceIdentity>?
    if let attempt = record.attempt, attempt.revisions == wanted.revisions,
      attempt.comparedTo == application.comparedTo
    {
      guard attempt.phase == .succeeded else {
        let revision = wanted.revisions.joined(separator: ", ")
        return "Failed last sync attempt to [\(revision)]: \(attempt.message)"
      }
      guard policy.selfHeals, healsNow(key, attempt, record.heals, in: &world) else { return nil }
      world.argoCD.records[key]?.heals += 1
      selection = Set(outOfSync.map(\.identity))
    }
    let operation = SyncOperation(
      wanted: wanted, comparedTo: application.comparedTo, options: policy.options, prunes: policy.prunes,
      retry: policy.retry, namespaceMetadata: policy.namespaceMetadata, isAutomated: true, selection: selection,
      startedAt: world.timestamp)
    world.argoCD.records[key]?.operation = operation
    return nil
  }

  /// Drift is left alone for a moment after a sync, and longer each time it comes back.
  private func healsNow(
    _ key: ObjectKey, _ attempt: ApplicationRecord.Attempt, _ heals: Int, in world: inout World
  ) -> Bool {
    var delay = ArgoCDNames.selfHealDelay
    if heals > 0 {
      delay = .seconds(2)
      for _ in 1..<min(heals + 1, 10) { delay *= 3 }
      delay = max(ArgoCDNames.selfHealDelay, min(delay, .seconds(300)))
    }
    let due = attempt.endedAt + delay
    if due <= world.now { return true }
    world.start(timer(key, Purpose.heal), after: due - world.now)
    return false
  }

  /// A sync came to its end: it is tried again, or it is over.
  func conclude(_ key: ObjectKey, in world: inout World) {
    guard var operation = world.argoCD.records[key]?.operation else { return }
    guard operation.phase != .succeeded, operation.retry.allows(retry: operation.retryCount) else {
      if operation.phase != .succeeded, operation.retryCount > 0 {
        operation.message += " (retried \(operation.retryCount) times)."
      }
      world.argoCD.records[key]?.operation = operation
      return close(key, in: &world)
    }
    let delay = operation.retry.delay(after: operation.retryCount)
    operation.retryCount += 1
    operation.finishedAt = world.timestamp
    operation.retryAt = world.now + delay
    operation.pausedUntil = nil
    let clock = world.kitchenTime(after: delay)
    operation.message += ". Retrying attempt #\(operation.retryCount) at \(clock)."
    operation.phase = .running
    world.argoCD.records[key]?.operation = operation
    world.start(timer(key, Purpose.retry), after: delay)
  }

  /// Begins the next attempt; with `refresh` at the commit the revision stands at by now.
  func retry(_ key: ObjectKey, in world: inout World) {
    guard var operation = world.argoCD.records[key]?.operation, operation.retryAt != nil else { return }
    operation.begin(attempt: operation.retryCount, at: world.timestamp)
    if operation.retry.refreshes, let wanted = world.argoCD.records[key]?.wanted { operation.wanted = wanted }
    world.argoCD.records[key]?.operation = operation
    assess(key, in: &world)
  }

  /// Files a finished sync in the Application.
  private func close(_ key: ObjectKey, in world: inout World) {
    guard var operation = world.argoCD.records[key]?.operation else { return }
    operation.finishedAt = world.timestamp
    world.argoCD.records[key]?.attempt = .init(
      revisions: operation.wanted.revisions, comparedTo: operation.comparedTo, phase: operation.phase,
      message: operation.message, endedAt: world.now)
    world.argoCD.records[key]?.operation = nil
    let time = world.timestamp
    world.objects.update(key) { application in
      application[path: "status", "operationState"] = OperationReport(operation).json
      application["operation"] = nil
      guard operation.phase == .succeeded else { return }
      let history = application[path: "status", "history"]?.arrayValue ?? []
      let entry = OperationReport(operation).history(id: history.last?["id"]?.intValue.map { $0 + 1 } ?? 0, time)
      application[path: "status", "history"] = .array(history.suffix(9) + [entry])
    }
  }
}

extension World {
  /// The wall clock after a while as `3:04PM`.
  func kitchenTime(after delay: Duration) -> String {
    let seconds = Int(date(at: now + delay).timeIntervalSince1970)
    let minutes = (seconds / 60) % (24 * 60)
    let hour = (minutes / 60) % 12
    let minute = minutes % 60
    return "\(hour == 0 ? 12 : hour):\(minute < 10 ? "0" : "")\(minute)\(minutes < 12 * 60 ? "AM" : "PM")"
  }
}
