import ZeroTouchModel

extension PodWork {
  /// The pod's status as the kubelet writes it; transition times of the old one are kept where nothing turned.
  func status(of pod: JSONValue, hostAddress: String, timestamp: String) -> JSONValue {
    let old = pod["status"]
    let generation = pod[path: "metadata", "generation"] ?? 1
    var status: JSONValue = [
      "phase": .string(phase.rawValue), "startTime": .string(startTime), "hostIP": .string(hostAddress),
      "hostIPs": [["ip": .string(hostAddress)]], "observedGeneration": generation,
      "qosClass": old?["qosClass"] ?? .string(PodDefaults.quality(pod["spec"] ?? [:])),
    ]
    var conditions = old?["conditions"]?.arrayValue ?? []
    for condition in self.conditions(generation: generation) {
      conditions.setCondition(condition, timestamp: timestamp)
    }
    if !conditions.contains(where: { $0["type"] == "PodScheduled" }) {
      // Static pods never met the scheduler.
      conditions.setCondition(condition("PodScheduled", true, generation), timestamp: timestamp)
    }
    status["conditions"] = .array(conditions)
    if let address {
      status["podIP"] = .string(address)
      status["podIPs"] = [["ip": .string(address)]]
    }
    let restart = inits.contains { !$0.hasSucceeded && !$0.isSidecar }
    status["containerStatuses"] = .array(mains.map { $0.status(waitsForInit: restart, uid: uid) })
    if !inits.isEmpty {
      status["initContainerStatuses"] = .array(inits.map { $0.status(waitsForInit: true, uid: uid) })
    }
    return status
  }

  var phase: PodRecord.Phase {
    if let end { return end }
    guard isInitialized else { return .pending }
    let begun = mains.contains { $0.isRunning || $0.isOver || $0.restarts > 0 || $0.hasFailed }
    return begun ? .running : .pending
  }

  private func conditions(generation: JSONValue) -> [JSONValue] {
    let unready = mains.filter { !$0.isReady }.map(\.name)
    let incomplete = inits.filter { $0.isSidecar ? !$0.isRunning : !$0.hasSucceeded }.map(\.name)
    let unreadyReason =
      end == .succeeded
      ? ("PodCompleted", nil)
      : ("ContainersNotReady", "containers with unready status: [\(unready.joined(separator: " "))]" as String?)
    return [
      condition("PodReadyToStartContainers", address != nil && end == nil, generation),
      condition(
        "Initialized", isInitialized, generation, reason: "ContainersNotInitialized",
        message: "containers with incomplete status: [\(incomplete.joined(separator: " "))]"),
      condition("Ready", isReady && end == nil, generation, reason: unreadyReason.0, message: unreadyReason.1),
      condition(
        "ContainersReady", isReady && end == nil, generation, reason: unreadyReason.0, message: unreadyReason.1),
    ]
  }

  private func condition(
    _ type: String, _ holds: Bool, _ generation: JSONValue, reason: String? = nil, message: String? = nil
  ) -> JSONValue {
    var condition: JSONValue = [
      "type": .string(type), "status": holds ? "True" : "False", "lastProbeTime": .null,
      "observedGeneration": generation,
    ]
    if !holds {
      condition["reason"] = reason.map(JSONValue.string)
      condition["message"] = message.map(JSONValue.string)
    }
    return condition
  }
}

extension ContainerWork {
  func status(waitsForInit: Bool, uid: String) -> JSONValue {
    var status: JSONValue = [
      "name": .string(name), "image": .string(image), "imageID": .string(hasRun ? imageIdentity : ""),
      "ready": .bool(isReady || (isInit && hasSucceeded)), "restartCount": JSONValue(restarts),
      "started": .bool(isReady && isRunning), "state": stateJSON(waitsForInit: waitsForInit, uid: uid),
      "lastState": [:],
    ]
    if hasRun { status["containerID"] = .string(identity(uid, run: restarts)) }
    if let lastEnd {
      status["lastState"] = ["terminated": end(lastEnd.exitCode, lastEnd.started, lastEnd.finished, uid, restarts - 1)]
    }
    return status
  }

  private var hasRun: Bool {
    switch state {
    case .running, .terminated, .backingOff: true
    default: restarts > 0
    }
  }

  private var imageIdentity: String {
    let hex = String(NameSource.fnv1a(image), radix: 16)
    let digest = String(repeating: hex + String(repeating: "0", count: 16 - hex.count), count: 4)
    return image.split(separator: "@").first.map { "\($0.untagged)@sha256:\(digest)" } ?? image
  }

  private func identity(_ uid: String, run: Int) -> String {
    let hex = String(NameSource.fnv1a("\(uid)/\(name)/\(run)"), radix: 16)
    return "containerd://" + String(repeating: hex + String(repeating: "0", count: 16 - hex.count), count: 4)
  }

  private func stateJSON(waitsForInit: Bool, uid: String) -> JSONValue {
    switch state {
    case .created, .pulling:
      return ["waiting": ["reason": waitsForInit ? "PodInitializing" : "ContainerCreating"]]
    case .waiting(let reason, let message):
      var waiting: JSONValue = ["reason": .string(reason)]
      if !message.isEmpty { waiting["message"] = .string(message) }
      return ["waiting": waiting]
    case .running(let since): return ["running": ["startedAt": .string(since)]]
    case .terminated(let code, let started, let finished):
      return ["terminated": end(code, started, finished, uid, restarts)]
    case .backingOff(_, _, _, let seconds):
      let span = seconds >= 60 ? "\(seconds / 60)m\(seconds % 60)s" : "\(seconds)s"
      return [
        "waiting": [
          "reason": "CrashLoopBackOff",
          "message": .string("back-off \(span) restarting failed container=\(name)"),
        ]
      ]
    }
  }

  private func end(_ code: Int, _ started: String, _ finished: String, _ uid: String, _ run: Int) -> JSONValue {
    let reason = code == 0 ? "Completed" : code == Self.cannotStart && startFailure != nil ? "StartError" : "Error"
    return .members([
      "exitCode": JSONValue(code), "reason": .string(reason), "startedAt": .string(started),
      "finishedAt": .string(finished), "containerID": .string(identity(uid, run: run)),
      "message": reason == "StartError" ? startFailure.map(JSONValue.string) : nil,
    ])
  }
}

extension Substring {
  /// An image name without its tag; a port of the registry stays.
  fileprivate var untagged: Substring {
    guard let colon = lastIndex(of: ":"), !self[colon...].contains("/") else { return self }
    return self[..<colon]
  }
}
