import ZeroTouchModel

/// Writing one wave to the cluster.
extension ArgoCDController {
  enum WaveOutcome { case applied, failed, waitsForDefinitions }

  /// Prunes, then applies kind by kind; what a definition just brought waits until it is established.
  func apply(_ wave: [SyncTask], _ operation: inout SyncOperation, in world: inout World) -> WaveOutcome {
    for task in wave where task.isPrune { prune(task, &operation, in: &world) }
    var failed = false
    var definitions: [ObjectKey] = []
    for task in wave where !task.isPrune {
      if !definitions.isEmpty, task.identity.kind != "CustomResourceDefinition" {
        if !definitions.allSatisfy({ Self.isEstablished($0, in: world) }) { return .waitsForDefinitions }
        definitions = []
      }
      guard apply(task, &operation, in: &world) else {
        failed = true
        continue
      }
      if let key = task.key, key.resource == .customResourceDefinitions { definitions.append(key) }
    }
    return failed ? .failed : .applied
  }

  static func isEstablished(_ key: ObjectKey, in world: World) -> Bool {
    world.objects[key]?.condition("Established")?["status"] == "True"
  }

  private func prune(_ task: SyncTask, _ operation: inout SyncOperation, in world: inout World) {
    let own = SyncOptions(task.live?.annotationList(ArgoCDNames.syncOptions) ?? [])
    if !operation.prunes {
      operation.record(task, .pruneSkipped, .succeeded, "ignored (requires pruning)")
    } else if own.prunesNothing || operation.options.prunesNothing {
      operation.record(task, .pruneSkipped, .succeeded, "ignored (no prune)")
    } else {
      if let key = task.key { world.delete(key, propagation: .foreground) }
      operation.record(task, .pruned, .succeeded, "pruned")
    }
  }

  private func apply(_ task: SyncTask, _ operation: inout SyncOperation, in world: inout World) -> Bool {
    guard var manifest = task.target else { return true }
    if task.isHook, let key = task.key, world.objects[key] != nil,
      SyncHook.deletePolicies(of: manifest).contains(.beforeCreation)
    {
      world.delete(key)
    }
    if operation.options.respectsIgnoredDifferences, let live = task.live {
      for path in operation.ignoredPaths(of: task.identity) { manifest = path.carried(from: live, into: manifest) }
    }
    switch ResourceWrite(task, manifest, operation.options).perform(in: &world) {
    case .success(let message):
      operation.record(task, .synced, .running, message)
      return true
    case .failure(let refusal):
      operation.record(task, .failed, .failed, refusal.message)
      return false
    }
  }
}

extension SyncOperation {
  /// The fields of a resource that its Application leaves to others.
  func ignoredPaths(of identity: ResourceIdentity) -> [IgnoredPath] {
    (comparedTo["ignoreDifferences"]?.arrayValue ?? []).map(IgnoredDifference.init)
      .filter { $0.concerns(identity) }.flatMap(\.paths)
  }
}
