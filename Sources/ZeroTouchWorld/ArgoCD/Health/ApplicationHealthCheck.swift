import ZeroTouchManifests
import ZeroTouchModel

/// What `argocd-cm` makes of the health of child Applications.
///
/// The world runs no Lua. It recognises three forms: no script, one that passes on the child's health, as that of Argo
/// CD's own documentation, and any other, which is taken to want Synced and Healthy and never to say Degraded.
enum ApplicationHealthCheck: Sendable, Hashable {
  /// No key: child Applications have no health, and waves do not wait for them.
  case none
  case copiesHealth
  /// Healthy only when Synced and Healthy; whether it also compares `comparedTo` with the spec.
  case wantsSynced(atSpec: Bool)

  init(script: String?) {
    let script = ApplicationHealthScript(script ?? "")
    if script.isEmpty {
      self = .none
    } else if script.onDegraded == .passedOn {
      self = .copiesHealth
    } else {
      self = .wantsSynced(atSpec: script.comparesSpec)
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
    if atSpec, !isCurrent(application) { return ResourceHealth(.progressing, "not compared with its spec yet") }
    guard sync == "Synced", health == "Healthy" else { return ResourceHealth(.progressing, "\(sync), \(health)") }
    return ResourceHealth(.healthy)
  }

  private static func isCurrent(_ application: JSONValue) -> Bool {
    let compared = application[path: "status", "sync", "comparedTo"]
    let spec = application["spec"]
    let hasOne = (spec?["sources"]?.arrayValue ?? []).isEmpty && spec?["sourceHydrator"] == nil
    let fields = ["destination", "sources", "ignoreDifferences"] + (hasOne ? ["source"] : [])
    return fields.allSatisfy { isSame(spec?[$0], compared?[$0]) }
  }

  /// Whether two parts of a spec mean the same: Argo CD leaves out what is empty, except in a chart's values.
  private static func isSame(_ wanted: JSONValue?, _ compared: JSONValue?, exactly: Bool = false) -> Bool {
    if !exactly, isBlank(wanted), isBlank(compared) { return true }
    switch (wanted, compared) {
    case (.object(let wanted), .object(let compared)):
      return Set(wanted.keys).union(compared.keys).allSatisfy {
        isSame(wanted[$0], compared[$0], exactly: exactly || $0 == "valuesObject")
      }
    case (.array(let wanted), .array(let compared)):
      return wanted.count == compared.count
        && zip(wanted, compared).allSatisfy { isSame($0, $1, exactly: exactly) }
    default: return wanted == compared
    }
  }

  private static func isBlank(_ value: JSONValue?) -> Bool {
    switch value {
    case nil, .null, .bool(false), .string(""): true
    case .object(let members): members.allSatisfy { $0.key != "valuesObject" && isBlank($0.value) }
    case .array(let elements): elements.allSatisfy(isBlank)
    default: false
    }
  }
}
