import ZeroTouchModel

/// Rolls Deployments out: one ReplicaSet per template, moved over step by step.
struct DeploymentController: Controller {
  static let controllerName = "deployment-controller"
  let name = controllerName
  let watches: Set<GroupResource> = [.deployments, .replicaSets]

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    world.beginReconcile(name)
    var keys: Set<ObjectKey> = []
    for key in changed {
      if key.resource == .deployments { keys.insert(key) }
      let owners = world.objects[key]?[path: "metadata", "ownerReferences"]?.arrayValue ?? []
      if let owner = owners.first(where: { $0["kind"] == "Deployment" })?["name"]?.stringValue {
        keys.insert(ObjectKey(.deployments, key.namespace, owner))
      }
    }
    for key in keys.sorted() { sync(key, in: &world) }
  }

  func elapsed(_ timer: Timer, in world: inout World) { world.objects.touch(timer.subject) }

  private func sync(_ key: ObjectKey, in world: inout World) {
    guard var rollout = Rollout(key, in: world) else { return }
    var progress = DeploymentProgress.none
    if !rollout.isPaused, rollout.newest == nil || isStale(rollout) {
      if rollout.isRecreate, rollout.newest == nil, stillRuns(rollout, in: world) {
        for set in rollout.older { world.scale(set, to: 0, of: rollout) }
        return world.writeStatus(of: rollout, .none)
      }
      progress = world.adoptNewest(of: rollout)
      guard let again = Rollout(key, in: world) else { return }
      rollout = again
    }
    if rollout.isScaling { world.scaleProportionally(rollout) } else if !rollout.isPaused { step(rollout, in: &world) }
    guard let result = Rollout(key, in: world) else { return }
    world.writeStatus(of: result, progress)
    world.pruneHistory(of: result)
  }

  private func step(_ rollout: Rollout, in world: inout World) {
    if rollout.isRecreate {
      for set in rollout.older { world.scale(set, to: 0, of: rollout) }
      if let newest = rollout.newest { world.scale(newest, to: rollout.replicas, of: rollout) }
    } else if !world.growNewest(of: rollout) {
      world.shrinkOlder(of: rollout)
    }
  }

  private func stillRuns(_ rollout: Rollout, in world: World) -> Bool {
    rollout.older.contains { set in
      let uid = set.object[path: "metadata", "uid"]?.stringValue ?? ""
      return world.ownedPods(of: uid).contains { $0.phase != .succeeded && $0.phase != .failed }
    }
  }

  /// Whether the template's ReplicaSet stands behind a newer revision, as after an undo.
  private func isStale(_ rollout: Rollout) -> Bool {
    guard let newest = rollout.newest else { return true }
    let annotation = rollout.object[path: "metadata", "annotations", Rollout.revisionAnnotation]?.stringValue
    return annotation != String(newest.revision) || rollout.older.contains { $0.revision > newest.revision }
  }
}
