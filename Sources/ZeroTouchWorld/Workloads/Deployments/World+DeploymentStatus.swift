import ZeroTouchModel

/// What happened to a Deployment's newest ReplicaSet in this look.
enum DeploymentProgress: Sendable, Hashable {
  case none
  case created(String)
  case found(String)

  var condition: (reason: String, message: String)? {
    switch self {
    case .none: nil
    case .created(let name): ("NewReplicaSetCreated", "Created new replica set \"\(name)\"")
    case .found(let name): ("FoundNewReplicaSet", "Found new replica set \"\(name)\"")
    }
  }
}

extension World {
  /// Writes what a Deployment's rollout has come to.
  mutating func writeStatus(of rollout: Rollout, _ progress: DeploymentProgress) {
    let total = rollout.all.reduce(0) { $0 + $1.active }
    let ready = rollout.all.reduce(0) { $0 + $1.ready }
    let available = rollout.all.reduce(0) { $0 + $1.available }
    let terminating = rollout.all.reduce(0) { $0 + ($1.object[path: "status", "terminatingReplicas"]?.intValue ?? 0) }
    var status: JSONValue = [
      "observedGeneration": rollout.object[path: "metadata", "generation"] ?? 1,
      "terminatingReplicas": JSONValue(terminating),
    ]
    for (name, value) in [
      ("replicas", total), ("updatedReplicas", rollout.newest?.active ?? 0), ("readyReplicas", ready),
      ("availableReplicas", available),
      ("unavailableReplicas", max(0, rollout.all.reduce(0) { $0 + $1.wanted } - available)),
    ] where value != 0 { status[name] = JSONValue(value) }
    var conditions = rollout.object[path: "status", "conditions"]?.arrayValue ?? []
    set(availability(of: rollout, available), in: &conditions)
    setProgress(of: rollout, status, progress, in: &conditions)
    setFailure(of: rollout, in: &conditions)
    status["conditions"] = .array(conditions)
    objects.update(rollout.key) { $0["status"] = status }
  }

  private func availability(of rollout: Rollout, _ available: Int) -> JSONValue {
    available >= rollout.minimumAvailable
      ? Self.condition(
        "Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.")
      : Self.condition(
        "Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.")
  }

  private static func condition(_ type: String, _ status: String, _ reason: String, _ message: String) -> JSONValue {
    ["type": .string(type), "status": .string(status), "reason": .string(reason), "message": .string(message)]
  }

  /// Sets a condition, unless one of the same status and reason stands already.
  private func set(_ condition: JSONValue, in conditions: inout [JSONValue], renewing: Bool = false) {
    let current = conditions.first { $0["type"] == condition["type"] }
    let same = current?["status"] == condition["status"] && current?["reason"] == condition["reason"]
    guard !same || renewing else { return }
    var condition = condition
    condition["lastUpdateTime"] = .string(timestamp)
    conditions.setCondition(condition, timestamp: timestamp)
  }

  private mutating func setProgress(
    of rollout: Rollout, _ status: JSONValue, _ progress: DeploymentProgress, in conditions: inout [JSONValue]
  ) {
    if let (reason, message) = progress.condition {
      set(Self.condition("Progressing", "True", reason, message), in: &conditions)
      workloads.progress[rollout.uid] = now
    }
    let name = rollout.newest?.key.name ?? ""
    let current = conditions.first { $0["type"] == "Progressing" }
    let updated = status["updatedReplicas"]?.intValue ?? 0
    let isSettled = current?["reason"] == "NewReplicaSetAvailable" && (status["replicas"]?.intValue ?? 0) == updated
    guard !isSettled, !rollout.isPaused else { return }
    if isComplete(rollout, status) {
      set(
        Self.condition(
          "Progressing", "True", "NewReplicaSetAvailable", "ReplicaSet \"\(name)\" has successfully progressed."),
        in: &conditions)
      workloads.progress[rollout.uid] = nil
      timers.cancel(deadline(of: rollout))
    } else if hasProgressed(rollout, status) {
      workloads.progress[rollout.uid] = now
      timers.cancel(deadline(of: rollout))
      set(
        Self.condition("Progressing", "True", "ReplicaSetUpdated", "ReplicaSet \"\(name)\" is progressing."),
        in: &conditions, renewing: true)
      watchDeadline(of: rollout)
    } else {
      expire(rollout, name, in: &conditions)
    }
  }

  private func isComplete(_ rollout: Rollout, _ status: JSONValue) -> Bool {
    status["updatedReplicas"]?.intValue ?? 0 == rollout.replicas
      && status["replicas"]?.intValue ?? 0 == rollout.replicas
      && status["availableReplicas"]?.intValue ?? 0 == rollout.replicas
  }

  /// Whether pods were updated, removed, or became ready or available since the status was last written.
  private func hasProgressed(_ rollout: Rollout, _ status: JSONValue) -> Bool {
    let old = rollout.object["status"] ?? [:]
    func count(_ name: String, _ status: JSONValue) -> Int { status[name]?.intValue ?? 0 }
    func outdated(_ status: JSONValue) -> Int { count("replicas", status) - count("updatedReplicas", status) }
    return count("updatedReplicas", status) > count("updatedReplicas", old) || outdated(status) < outdated(old)
      || count("readyReplicas", status) > count("readyReplicas", old)
      || count("availableReplicas", status) > count("availableReplicas", old)
  }

  private mutating func expire(_ rollout: Rollout, _ name: String, in conditions: inout [JSONValue]) {
    watchDeadline(of: rollout)
    guard let since = workloads.progress[rollout.uid], now >= since + rollout.progressDeadline else { return }
    set(
      Self.condition(
        "Progressing", "False", "ProgressDeadlineExceeded", "ReplicaSet \"\(name)\" has timed out progressing."),
      in: &conditions)
  }

  private mutating func watchDeadline(of rollout: Rollout) {
    let since = workloads.progress[rollout.uid] ?? now
    workloads.progress[rollout.uid] = since
    let due = since + rollout.progressDeadline
    if due > now { timers.start(deadline(of: rollout), at: due) }
  }

  private func deadline(of rollout: Rollout) -> Timer {
    Timer(DeploymentController.controllerName, rollout.key, "progress-deadline")
  }

  private func setFailure(of rollout: Rollout, in conditions: inout [JSONValue]) {
    let failure = rollout.all.compactMap { $0.object.condition("ReplicaFailure") }.last
    if let failure {
      let (reason, message) = (failure["reason"]?.stringValue ?? "", failure["message"]?.stringValue ?? "")
      set(Self.condition("ReplicaFailure", "True", reason, message), in: &conditions)
    } else {
      conditions.removeAll { $0["type"] == "ReplicaFailure" }
    }
  }
}

extension Rollout {
  /// How long a rollout may stand still.
  var progressDeadline: Duration { .seconds(object[path: "spec", "progressDeadlineSeconds"]?.intValue ?? 600) }
}
