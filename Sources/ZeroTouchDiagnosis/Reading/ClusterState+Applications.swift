import ZeroTouchModel
import ZeroTouchTools

extension ClusterState {
  /// Applications that are not Synced and Healthy, each with Argo CD's reasons and its first failing resource.
  var applicationSymptoms: [Symptom] {
    zip(all(ObservedApplication.self), items(ObservedApplication.resource) ?? []).compactMap { application, json in
      let isDone = application.operationPhase == nil || application.operationPhase == "Succeeded"
      if application.sync == "Synced", application.health == "Healthy", isDone { return nil }
      let text = [Self.state(of: application, isDone: isDone), Self.reasons(of: application), Self.unhealthy(json)]
      return Symptom(
        .application, "Application \(application.name)",
        text.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "; "))
    }
  }

  private static func state(of application: ObservedApplication, isDone: Bool) -> String {
    let state = "\(application.sync) and \(application.health)"
    let isMended =
      application.sync == "OutOfSync" && application.health == "Healthy" && application.operationPhase == "Succeeded"
    return isMended ? "\(state), although its last sync succeeded" : state
  }

  private static func reasons(of application: ObservedApplication) -> String {
    let failed = application.resources.first(where: \.hasFailed).map { resource in
      "\(resource.kind) \(resource.namespace.isEmpty ? "" : "\(resource.namespace)/")\(resource.name): "
        + resource.message
    }
    let isOver = application.operationPhase == nil || application.operationPhase == "Succeeded"
    let operation = isOver ? "" : "operation \(application.operationPhase ?? ""): \(application.operationMessage)"
    let all = application.conditions + [failed ?? "", operation, application.healthMessage]
    var seen: Set<String> = []
    return all.map(\.inOneLine).filter { !$0.isEmpty && seen.insert($0).inserted }.joined(separator: "; ")
  }

  /// The first resource that Argo CD itself calls unhealthy, where it writes down the health of each.
  private static func unhealthy(_ json: JSONValue) -> String? {
    let resources = json[path: "status", "resources"]?.arrayValue ?? []
    let late = resources.first { resource in
      guard let health = resource[path: "health", "status"]?.stringValue else { return false }
      return health != "Healthy"
    }
    return late.map { resource in
      let words = ["kind", "namespace", "name"].compactMap { resource[$0]?.stringValue }.joined(separator: " ")
      let health = resource["health"]
      return "\(words) is \(health?["status"]?.stringValue ?? ""): \(health?["message"]?.stringValue ?? "")".inOneLine
    }
  }
}
