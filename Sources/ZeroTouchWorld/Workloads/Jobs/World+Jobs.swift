import ZeroTouchModel

extension World {
  /// Gives a new Job its selector and notes when it began.
  mutating func prepareJob(_ key: ObjectKey, _ owner: PodOwner) {
    if workloads.jobStarts[owner.uid] == nil { workloads.jobStarts[owner.uid] = now }
    guard objects[key]?[path: "spec", "selector"] == nil else { return }
    objects.update(key) {
      $0[path: "spec", "selector"] = ["matchLabels": ["batch.kubernetes.io/controller-uid": .string(owner.uid)]]
      var labels = $0[path: "spec", "template", "metadata", "labels"] ?? [:]
      for prefix in ["", "batch.kubernetes.io/"] {
        labels["\(prefix)controller-uid"] = .string(owner.uid)
        labels["\(prefix)job-name"] = .string(key.name)
      }
      $0[path: "spec", "template", "metadata", "labels"] = labels
    }
  }

  /// Whether the pause after the latest failure is over; a new failure starts the next one.
  mutating func mayRetryJob(_ key: ObjectKey, _ owner: PodOwner, failures: Int) -> Bool {
    guard failures > workloads.jobFailures[owner.uid, default: 0] else { return true }
    workloads.jobFailures[owner.uid] = failures
    // The Job controller doubles its pause from ten seconds up to ten minutes.
    start(Timer(JobController.controllerName, key, "backoff"), after: .seconds(min(10 << min(failures - 1, 6), 600)))
    return false
  }

  mutating func writeStatus(
    of key: ObjectKey, _ owner: PodOwner, _ count: JobCount, _ outcome: JobOutcome?, _ plan: JobPlan
  ) {
    let time = JSONValue.string(timestamp)
    objects.update(key) { job in
      var status = job["status"] ?? [:]
      if status["startTime"] == nil { status["startTime"] = time }
      for (name, value) in [("active", count.active), ("succeeded", count.succeeded), ("failed", count.failed)] {
        status[name] = value > 0 ? JSONValue(value) : nil
      }
      status["ready"] = JSONValue(count.ready)
      status["terminating"] = 0
      status["uncountedTerminatedPods"] = [:]
      if let outcome {
        if outcome == .complete { status["completionTime"] = time }
        status["conditions"] = .array(outcome.conditions(time))
      }
      job["status"] = status
    }
    guard let outcome else { return }
    switch outcome {
    case .complete: recordEvent(.normal, "Completed", "Job completed", about: key, from: owner.component)
    case .failed(let reason, let message): recordEvent(.warning, reason, message, about: key, from: owner.component)
    }
    if let seconds = plan.timeToLive {
      start(Timer(JobController.controllerName, key, "expired"), after: .seconds(seconds))
    }
  }
}

extension JobOutcome {
  fileprivate func conditions(_ time: JSONValue) -> [JSONValue] {
    let (types, reason, message) =
      switch self {
      case .complete:
        (["SuccessCriteriaMet", "Complete"], "CompletionsReached", "Reached expected number of succeeded pods")
      case .failed(let reason, let message): (["FailureTarget", "Failed"], reason, message)
      }
    return types.map {
      [
        "type": .string($0), "status": "True", "reason": .string(reason), "message": .string(message),
        "lastProbeTime": time, "lastTransitionTime": time,
      ]
    }
  }
}
