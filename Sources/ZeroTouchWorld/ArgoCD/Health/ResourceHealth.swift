import ZeroTouchModel

/// How a resource is, in Argo CD's words.
struct ResourceHealth: Sendable, Hashable {
  /// From best to worst, as Argo CD adds them up.
  enum Status: String, Sendable, Hashable, Comparable {
    case healthy = "Healthy"
    case suspended = "Suspended"
    case progressing = "Progressing"
    case missing = "Missing"
    case degraded = "Degraded"
    case unknown = "Unknown"

    private var rank: Int {
      switch self {
      case .healthy: 0
      case .suspended: 1
      case .progressing: 2
      case .missing: 3
      case .degraded: 4
      case .unknown: 5
      }
    }

    static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
  }

  var status: Status
  var message: String

  init(_ status: Status, _ message: String = "") {
    self.status = status
    self.message = message
  }

  var json: JSONValue {
    .members(["status": .string(status.rawValue), "message": message.isEmpty ? nil : .string(message)])
  }
}

/// Which health checks a running Argo CD has: they depend on its version and its settings.
struct HealthChecks: Sendable, Hashable {
  let applications: ApplicationHealthCheck
  /// The kinds, as `GROUP_KIND`, that a script of `argocd-cm` judges by their condition `Ready`.
  let judgedByReady: Set<String>
  /// The check of GatewayClasses came with 3.5.
  let knowsGatewayClasses: Bool

  init(applications: ApplicationHealthCheck = .none, knowsGatewayClasses: Bool = false) {
    self.applications = applications
    judgedByReady = []
    self.knowsGatewayClasses = knowsGatewayClasses
  }

  /// The checks of the Argo CD installed in a world.
  init(in world: World) {
    let settings = world.objects[ArgoCDNames.settings]?["data"]?.objectValue ?? [:]
    applications = ApplicationHealthCheck(script: settings[ArgoCDNames.applicationHealth]?.stringValue)
    judgedByReady = Set(
      settings.filter { key, script in
        key.hasPrefix(ArgoCDNames.healthPrefix) && script.stringValue?.contains("\"Ready\"") == true
      }.keys.map { String($0.dropFirst(ArgoCDNames.healthPrefix.count)) })
    knowsGatewayClasses = Self.version(in: world).map { $0 >= [3, 5] } ?? false
  }

  /// The health of a live object; nil for kinds without a check.
  func health(of object: JSONValue) -> ResourceHealth? {
    if object[path: "metadata", "deletionTimestamp"] != nil { return ResourceHealth(.progressing, "Pending deletion") }
    let group = GroupVersion(apiVersion: object["apiVersion"]?.stringValue ?? "").group
    let kind = object["kind"]?.stringValue ?? ""
    switch (group, kind) {
    case ("argoproj.io", "Application"): return applications.health(of: object)
    case ("gateway.networking.k8s.io", "GatewayClass") where !knowsGatewayClasses: return nil
    default: break
    }
    if let check = Self.checks["\(group)/\(kind)"] { return check(object) }
    if judgedByReady.contains("\(group)_\(kind)") { return ResourceHealth.readiness(of: object) }
    if ResourceHealth.isCrossplane(group) { return ResourceHealth.crossplaneResource(object, kind: kind) }
    return nil
  }

  /// Whether a kind has any check: a missing object of another kind does not matter.
  func checks(group: String, kind: String) -> Bool {
    if group == "argoproj.io", kind == "Application" { return applications != .none }
    return Self.checks["\(group)/\(kind)"] != nil || judgedByReady.contains("\(group)_\(kind)")
      || ResourceHealth.isCrossplane(group)
  }

  /// The minor version of Argo CD by the image of its controller.
  private static func version(in world: World) -> [Int]? {
    let key = ObjectKey(.statefulSets, ArgoCDNames.namespace, ArgoCDNames.controller)
    let containers = world.objects[key]?[path: "spec", "template", "spec", "containers"]?.arrayValue ?? []
    guard let tag = containers.first?["image"]?.stringValue?.split(separator: ":").last, tag.first == "v" else {
      return nil
    }
    let numbers = tag.dropFirst().split(separator: ".").compactMap { Int($0) }
    return numbers.count >= 2 ? Array(numbers.prefix(2)) : nil
  }

  private static let checks: [String: @Sendable (JSONValue) -> ResourceHealth] =
    ResourceHealth.workloadChecks.merging(ResourceHealth.platformChecks) { first, _ in first }
}

extension Array where Element == Int {
  /// Compares versions number by number.
  fileprivate static func >= (left: Self, right: Self) -> Bool { !left.lexicographicallyPrecedes(right) }
}
