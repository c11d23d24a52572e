import ZeroTouchModel

extension World {
  /// Makes the template's ReplicaSet the newest revision, creating it where there is none.
  mutating func adoptNewest(of rollout: Rollout) -> DeploymentProgress {
    let revision = (rollout.older.map(\.revision).max() ?? 0) + 1
    guard let newest = rollout.newest else { return createReplicaSet(of: rollout, revision: revision) }
    let number = max(revision, newest.revision)
    objects.update(newest.key) {
      $0[path: "metadata", "annotations", Rollout.revisionAnnotation] = .string(String(number))
    }
    setRevision(number, of: rollout)
    return rollout.object.condition("Progressing") == nil ? .found(newest.key.name) : .none
  }

  private mutating func createReplicaSet(of rollout: Rollout, revision: Int) -> DeploymentProgress {
    guard let owner = PodOwner(rollout.key, rollout.object) else { return .none }
    var template = rollout.object[path: "spec", "template"] ?? [:]
    var hash = templateHash(of: rollout.object)
    if objects[ObjectKey(.replicaSets, rollout.key.namespace, "\(rollout.key.name)-\(hash)")] != nil {
      hash = NameSource.hash("\(hash)/\(revision)")
    }
    template[path: "metadata", "labels", Rollout.hashLabel] = .string(hash)
    var selector = rollout.object[path: "spec", "selector"] ?? [:]
    selector[path: "matchLabels", Rollout.hashLabel] = .string(hash)
    let count = initialCount(of: rollout)
    var spec: JSONValue = ["replicas": JSONValue(count), "selector": selector, "template": template]
    spec["minReadySeconds"] = rollout.object[path: "spec", "minReadySeconds"]
    let labels = template[path: "metadata", "labels"] ?? [:]
    var annotations = rollout.object[path: "metadata", "annotations"]?.stringMap ?? [:]
    annotations["kubectl.kubernetes.io/last-applied-configuration"] = nil
    annotations.merge(Self.sizes(of: rollout)) { $1 }
    annotations[Rollout.revisionAnnotation] = String(revision)
    let key = ObjectKey(.replicaSets, rollout.key.namespace, "\(rollout.key.name)-\(hash)")
    let set: JSONValue = [
      "apiVersion": "apps/v1", "kind": "ReplicaSet",
      "metadata": [
        "labels": labels, "annotations": JSONValue(annotations), "ownerReferences": [owner.reference],
      ],
      "spec": spec, "status": ["replicas": 0],
    ]
    objects.insert(set, at: key, timestamp: timestamp)
    setRevision(revision, of: rollout)
    if count > 0 { reportScaling(key.name, from: 0, to: count, rollout) }
    return .created(key.name)
  }

  private func initialCount(of rollout: Rollout) -> Int {
    if rollout.isRecreate { return rollout.replicas }
    let running = rollout.older.reduce(0) { $0 + $1.wanted }
    return max(0, min(rollout.replicas + rollout.maxSurge - running, rollout.replicas))
  }

  private static func sizes(of rollout: Rollout) -> [String: String] {
    [
      Rollout.desiredAnnotation: String(rollout.replicas),
      Rollout.maxAnnotation: String(rollout.replicas + rollout.maxSurge),
    ]
  }

  private mutating func setRevision(_ revision: Int, of rollout: Rollout) {
    objects.update(rollout.key) {
      $0[path: "metadata", "annotations", Rollout.revisionAnnotation] = .string(String(revision))
    }
  }

  /// Sets the size of a ReplicaSet and notes the Deployment's size beside it.
  mutating func scale(_ set: Rollout.Replicas, to count: Int, of rollout: Rollout) {
    objects.update(set.key) { object in
      for (name, value) in Self.sizes(of: rollout)
      where object[path: "metadata", "annotations", name]?.stringValue != value {
        object[path: "metadata", "annotations", name] = .string(value)
      }
      guard object[path: "spec", "replicas"]?.intValue != count else { return }
      object[path: "spec", "replicas"] = JSONValue(count)
      object[path: "metadata", "generation"] = JSONValue((object[path: "metadata", "generation"]?.intValue ?? 1) + 1)
    }
    if set.wanted != count { reportScaling(set.key.name, from: set.wanted, to: count, rollout) }
  }

  private mutating func reportScaling(_ name: String, from old: Int, to new: Int, _ rollout: Rollout) {
    recordEvent(
      .normal, "ScalingReplicaSet",
      "Scaled \(new > old ? "up" : "down") replica set \(name) from \(old) to \(new)", about: rollout.key,
      from: DeploymentController.controllerName)
  }

  /// Gives the newest ReplicaSet as many pods as the surge allows; says whether that changed anything.
  mutating func growNewest(of rollout: Rollout) -> Bool {
    guard let newest = rollout.newest, newest.wanted != rollout.replicas else { return false }
    if newest.wanted > rollout.replicas {
      scale(newest, to: rollout.replicas, of: rollout)
      return true
    }
    let total = rollout.all.reduce(0) { $0 + $1.wanted }
    let room = rollout.replicas + rollout.maxSurge - total
    guard room > 0 else { return false }
    scale(newest, to: newest.wanted + min(room, rollout.replicas - newest.wanted), of: rollout)
    return true
  }

  /// Takes pods from the older ReplicaSets as far as availability allows, the unhealthy ones first.
  mutating func shrinkOlder(of rollout: Rollout) {
    var older = rollout.older.filter { $0.wanted > 0 }
    guard !older.isEmpty else { return }
    let newestMissing = rollout.newest.map { $0.wanted - $0.available } ?? 0
    let total = rollout.all.reduce(0) { $0 + $1.wanted }
    var allowed = total - rollout.minimumAvailable - newestMissing
    for position in older.indices where allowed > 0 {
      let unhealthy = min(allowed, older[position].wanted - older[position].available)
      guard unhealthy > 0 else { continue }
      scale(older[position], to: older[position].wanted - unhealthy, of: rollout)
      older[position].wanted -= unhealthy
      allowed -= unhealthy
    }
    var surplus = rollout.all.reduce(0) { $0 + $1.available } - rollout.minimumAvailable
    for set in older where surplus > 0 {
      let taken = min(surplus, set.wanted)
      guard taken > 0 else { continue }
      scale(set, to: set.wanted - taken, of: rollout)
      surplus -= taken
    }
  }

  /// Follows a change of the Deployment's own size, keeping the ReplicaSets' proportions.
  mutating func scaleProportionally(_ rollout: Rollout) {
    let active = rollout.all.filter { $0.wanted > 0 }
    if active.count <= 1 {
      if let only = active.first ?? rollout.newest { scale(only, to: rollout.replicas, of: rollout) }
      return
    }
    let total = active.reduce(0) { $0 + $1.wanted }
    let goal = rollout.replicas + rollout.maxSurge
    var left = goal - total
    for set in active.sorted(by: { ($0.wanted, $0.key) > ($1.wanted, $1.key) }) {
      let share = set.wanted * goal / max(total, 1) - set.wanted
      let change = left > 0 ? min(max(share, 0), left) : max(min(share, 0), left)
      scale(set, to: max(0, set.wanted + change), of: rollout)
      left -= change
    }
    if left != 0, let newest = rollout.newest, let now = objects[newest.key]?[path: "spec", "replicas"]?.intValue {
      scale(newest, to: max(0, now + left), of: rollout)
    }
  }

  /// Forgets ReplicaSets beyond the history the Deployment keeps.
  mutating func pruneHistory(of rollout: Rollout) {
    let limit = rollout.object[path: "spec", "revisionHistoryLimit"]?.intValue ?? 10
    let idle = rollout.older.filter { $0.wanted == 0 && $0.active == 0 }
    for set in idle.prefix(max(0, idle.count - limit)) { delete(set.key) }
  }
}

extension Rollout {
  /// Whether the Deployment's size changed since its ReplicaSets were last sized.
  var isScaling: Bool {
    all.filter { $0.wanted > 0 }.contains { set in
      let noted = set.object[path: "metadata", "annotations", Self.desiredAnnotation]?.stringValue
      return noted != nil && noted != String(replicas)
    }
  }
}
