import ZeroTouchTools

/// How far Applications are: Synced *and* Healthy, at the wanted commit, with nothing running.
enum ApplicationJudgement {
  static func judge(_ applications: [ObservedApplication], _ awaited: [AwaitedApplication]) -> GateAnswer {
    guard !awaited.isEmpty else { return .skipped("Git expects no Applications") }
    let known = Dictionary(applications.map { ($0.name, $0) }) { first, _ in first }
    let names = Set(awaited.map(\.name))
    let others = applications.filter { !names.contains($0.name) }
    let complaints = awaited.compactMap { awaited in
      complaint(about: known[awaited.name], awaited, broughtBy: others).map { (awaited.wave, $0) }
    }
    let figures = "\(awaited.count - complaints.count) of \(awaited.count) Synced and Healthy"
    guard let lowest = complaints.first else { return .open(figures) }
    return .waiting("\(figures); wave \(lowest.0): \(lowest.1)")
  }

  /// What an Application lacks, and the cause that Argo CD gives; nil when it lacks nothing. Why one does not exist is
  /// told by a condition of whoever is to bring it.
  static func complaint(
    about application: ObservedApplication?, _ awaited: AwaitedApplication, broughtBy others: [ObservedApplication] = []
  ) -> String? {
    guard let application else {
      let reasons = others.compactMap { one in one.conditions.first.map { "; \(one.name): \($0.inOneLine)" } }
      return "\(awaited.name) does not exist yet\(reasons.first ?? "")"
    }
    guard let state = shortfall(of: application, awaited) else { return nil }
    return "\(awaited.name) is \(state)" + (cause(in: application).map { ": \($0)" } ?? "")
  }

  private static func shortfall(of application: ObservedApplication, _ awaited: AwaitedApplication) -> String? {
    switch (application.sync, application.health) {
    case ("Synced", "Healthy"): break
    case ("Synced", let health): return health
    case (let sync, "Healthy"): return sync
    case (let sync, let health): return "\(sync) and \(health)"
    }
    if let wanted = awaited.revision, !application.revisions.contains(wanted) {
      return "at revision \(application.revisions.first ?? "none") and not at \(wanted)"
    }
    // An adopted Application may be Synced without ever having been synced by an operation.
    guard let phase = application.operationPhase, phase != "Succeeded" else { return nil }
    return "Synced and Healthy, but its operation is \(phase)"
  }

  private static func cause(in application: ObservedApplication) -> String? {
    let failed = application.resources.first(where: \.hasFailed).map { resource in
      "\(resource.kind) \(resource.namespace.isEmpty ? "" : "\(resource.namespace)/")\(resource.name): \(resource.message)"
    }
    let operation = application.operationPhase == "Succeeded" ? "" : application.operationMessage
    let candidates: [String?] = [application.conditions.first, failed, operation, application.healthMessage]
    return candidates.compactMap(\.self).map(\.inOneLine).first { !$0.isEmpty }
  }
}
