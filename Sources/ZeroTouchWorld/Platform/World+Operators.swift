import ZeroTouchModel

extension World {
  /// Whether a Deployment has a ready pod.
  func isReady(deployment name: String, in namespace: String) -> Bool {
    (objects[ObjectKey(.deployments, namespace, name)]?[path: "status", "readyReplicas"]?.intValue ?? 0) > 0
  }

  /// Notes whether an operator runs; true when it has just come up.
  mutating func operatorCameUp(_ name: String, isRunning: Bool) -> Bool {
    guard isRunning else {
      platform.running.remove(name)
      return false
    }
    return platform.running.insert(name).inserted
  }

  /// Whether spec or metadata of an object changed since an operator last looked; status does not count.
  mutating func hasNews(_ key: ObjectKey) -> Bool {
    guard let object = objects[key] else {
      platform.seen[key] = nil
      platform.failures[key] = nil
      return false
    }
    var hasher = Hasher()
    hasher.combine(object["spec"])
    for field in ["labels", "annotations", "deletionTimestamp", "uid"] {
      hasher.combine(object[path: "metadata", field])
    }
    let seen = hasher.finalize()
    return platform.seen.updateValue(seen, forKey: key) != seen
  }

  /// Lets an operator look again at what just failed, later with every failure in a row; the work queues of most let a
  /// little over a quarter of an hour pass at the most.
  mutating func retry(_ timer: Timer, atMost longest: Duration = .seconds(1000)) {
    guard !timers.isPending(timer) else { return }
    let failures = platform.failures[timer.subject, default: 0]
    platform.failures[timer.subject] = failures + 1
    start(timer, after: .backOff(after: failures, atMost: longest))
  }

  /// Forgets the failures of what went well, and the look at it that was due.
  mutating func stopRetrying(_ timer: Timer) {
    platform.failures[timer.subject] = nil
    timers.cancel(timer)
  }

  /// Writes a condition; the time of its last change stays when its status does.
  mutating func setCondition(_ type: String, _ status: Bool, _ reason: String, _ message: String, of key: ObjectKey) {
    let told = objects[key]?.condition(type)
    // Written again it would move behind the others, and wake everybody who looks at the object.
    if told?["status"] == (status ? "True" : "False"), told?["reason"] == .string(reason),
      told?["message"] == .string(message)
    {
      return
    }
    let time = timestamp
    objects.update(key) { object in
      var conditions = object[path: "status", "conditions"]?.arrayValue ?? []
      let word: JSONValue = status ? "True" : "False"
      let old = conditions.first { $0["type"] == .string(type) }
      let since = old?["status"] == word ? old?["lastTransitionTime"] ?? .string(time) : .string(time)
      conditions.removeAll { $0["type"] == .string(type) }
      conditions.append([
        "type": .string(type), "status": word, "reason": .string(reason), "message": .string(message),
        "lastTransitionTime": since,
      ])
      object[path: "status", "conditions"] = .array(conditions)
    }
  }
}
