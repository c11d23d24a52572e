import ZeroTouchModel

/// What `argocd-cm` makes of the health of child Applications.
///
/// The world runs no Lua. It recognises three forms: no script, the script of Argo CD's own documentation that
/// copies the child's health, and any other, which is taken to want Synced and Healthy and never to say Degraded.
enum ApplicationHealthCheck: Sendable, Hashable {
  /// No key: child Applications have no health, and waves do not wait for them.
  case none
  case copiesHealth
  /// Healthy only when Synced and Healthy; whether it also compares `comparedTo` with the spec.
  case wantsSynced(atSpec: Bool)

  init(script: String?) {
    let words = (script ?? "").filter { !$0.isWhitespace }
    if words.isEmpty {
      self = .none
    } else if words.contains(".status=obj.status.health.status") {
      self = .copiesHealth
    } else {
      self = .wantsSynced(atSpec: words.contains("comparedTo"))
    }
  }

  func health(of application: JSONValue) -> ResourceHealth? {
    switch self {
    case .none: nil
    case .copiesHealth: Self.copied(application)
    case .wantsSynced(let atSpec): Self.demanding(application, atSpec: atSpec)
    }
  }

  private static func copied(_ application: JSONValue) -> ResourceHealth {
    let health = application[path: "status", "health"]
    guard let name = health?["status"]?.stringValue else { return ResourceHealth(.progressing) }
    return ResourceHealth(.init(rawValue: name) ?? .unknown, health?["message"]?.stringValue ?? "")
  }

  private static func demanding(_ application: JSONValue, atSpec: Bool) -> ResourceHealth {
    guard let status = application["status"] else { return ResourceHealth(.progressing, "waiting for the first sync") }
    if application["operation"] != nil { return ResourceHealth(.progressing, "a sync is about to start") }
    if status[path: "operationState", "phase"]?.stringValue == "Running" {
      return ResourceHealth(.progressing, status[path: "operationState", "message"]?.stringValue ?? "a sync is running")
    }
    let sync = status[path: "sync", "status"]?.stringValue ?? "Unknown"
    let health = status[path: "health", "status"]?.stringValue ?? "Unknown"
    guard sync == "Synced", health == "Healthy" else { return ResourceHealth(.progressing, "\(sync), \(health)") }
    if atSpec, !isCurrent(application) { return ResourceHealth(.progressing, "not compared with its spec yet") }
    return ResourceHealth(.healthy)
  }

  private static func isCurrent(_ application: JSONValue) -> Bool {
    let compared = application[path: "status", "sync", "comparedTo"]
    return ["source", "sources", "destination"].allSatisfy { compared?[$0] == application["spec"]?[$0] }
  }
}
