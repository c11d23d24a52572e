import ZeroTouchModel

/// Argo CD's checks of the platform's custom kinds.
extension ResourceHealth {
  static let platformChecks: [String: @Sendable (JSONValue) -> ResourceHealth] = [
    "gateway.networking.k8s.io/Gateway": gateway,
    "gateway.networking.k8s.io/GatewayClass": gatewayClass,
    "gateway.networking.k8s.io/HTTPRoute": route,
    "gateway.networking.k8s.io/GRPCRoute": route,
    "external-secrets.io/ClusterSecretStore": externalSecrets,
    "external-secrets.io/SecretStore": externalSecrets,
    "external-secrets.io/ExternalSecret": externalSecrets,
    "external-secrets.io/PushSecret": externalSecrets,
    "pkg.crossplane.io/Provider": crossplanePackage,
    "pkg.crossplane.io/Function": crossplanePackage,
    "pkg.crossplane.io/Configuration": crossplanePackage,
    "postgresql.cnpg.io/Cluster": postgres,
    "keda.sh/ScaledObject": scaledObject,
    "keda.sh/ScaledJob": scaledObject,
    "cert-manager.io/Certificate": certificate,
    "cert-manager.io/Issuer": issuer,
    "cert-manager.io/ClusterIssuer": issuer,
    "argoproj.io/ApplicationSet": applicationSet,
  ]

  static func isCrossplane(_ group: String) -> Bool {
    group.hasSuffix(".crossplane.io") || group.hasSuffix(".upbound.io")
  }

  /// What a script says that reads `Ready`, and `Synced` as Crossplane has it.
  static func readiness(of object: JSONValue) -> ResourceHealth {
    if status(object, "Synced") == "False" { return Self(.degraded, message(object, "Synced")) }
    guard let ready = status(object, "Ready") else { return Self(.progressing, "waiting for Crossplane") }
    return Self(ready == "True" ? .healthy : .progressing, message(object, "Ready"))
  }

  private static func status(_ object: JSONValue, _ type: String) -> String? {
    object.condition(type)?["status"]?.stringValue
  }

  private static func message(_ object: JSONValue, _ type: String) -> String {
    object.condition(type)?["message"]?.stringValue ?? ""
  }

  @Sendable private static func gateway(_ object: JSONValue) -> ResourceHealth {
    let own = object[path: "status", "conditions"]?.arrayValue
    let listeners = object[path: "status", "listeners"]?.arrayValue ?? []
    if let trouble = trouble(own ?? [], "", "Gateway is still being programmed") { return trouble }
    for listener in listeners {
      let conditions = listener["conditions"]?.arrayValue ?? []
      if let trouble = trouble(conditions, "Listener: ", "Listener is still being programmed") { return trouble }
    }
    guard own != nil || !listeners.isEmpty else { return Self(.progressing, "Waiting for Gateway status") }
    return Self(.healthy, "Gateway is healthy")
  }

  /// What keeps a part of the Gateway API from being healthy.
  private static func trouble(_ conditions: [JSONValue], _ prefix: String, _ waits: String) -> ResourceHealth? {
    for type in ["ResolvedRefs", "Accepted"] {
      guard let refused = conditions.first(where: { $0["type"]?.stringValue == type && $0["status"] == "False" }) else {
        continue
      }
      return Self(.degraded, prefix + (refused["message"]?.stringValue ?? "Failed condition: \(type)"))
    }
    let programmed = conditions.first { $0["type"] == "Programmed" && $0["status"] != "True" }
    return programmed.map { Self(.progressing, prefix + ($0["message"]?.stringValue ?? waits)) }
  }

  @Sendable private static func gatewayClass(_ object: JSONValue) -> ResourceHealth {
    switch status(object, "Accepted") {
    case "True": Self(.healthy, message(object, "Accepted"))
    case "False": Self(.degraded, message(object, "Accepted"))
    default: Self(.progressing, "Waiting for controller")
    }
  }

  @Sendable private static func route(_ object: JSONValue) -> ResourceHealth {
    let kind = object["kind"]?.stringValue ?? ""
    let parents = (object[path: "status", "parents"]?.arrayValue ?? []).filter { isCurrent($0, object) }
    for parent in parents {
      let name = parent[path: "parentRef", "name"]?.stringValue ?? ""
      let conditions = parent["conditions"]?.arrayValue ?? []
      if let trouble = trouble(conditions, "Parent \(name): ", "Route is still being programmed") { return trouble }
    }
    return parents.isEmpty
      ? Self(.progressing, "Waiting for \(kind) status") : Self(.healthy, "\(kind) is healthy")
  }

  /// Whether a parent has looked at an HTTPRoute as it is now; of other routes every word counts.
  private static func isCurrent(_ parent: JSONValue, _ route: JSONValue) -> Bool {
    let conditions = parent["conditions"]?.arrayValue ?? []
    guard !conditions.isEmpty else { return false }
    guard route["kind"] == "HTTPRoute", let generation = route[path: "metadata", "generation"] else { return true }
    return conditions.allSatisfy { $0["observedGeneration"].map { $0 == generation } ?? true }
  }

  @Sendable private static func externalSecrets(_ object: JSONValue) -> ResourceHealth {
    switch status(object, "Ready") {
    case "True": Self(.healthy, message(object, "Ready"))
    case "False": Self(.degraded, message(object, "Ready"))
    default: Self(.progressing, "Waiting for \(object["kind"]?.stringValue ?? "resource")")
    }
  }

  @Sendable private static func crossplanePackage(_ object: JSONValue) -> ResourceHealth {
    guard object[path: "status", "conditions"] != nil else {
      return Self(.progressing, "Waiting for package to be installed")
    }
    for type in ["Installed", "Healthy"] where status(object, type) != "True" {
      return Self(.degraded, message(object, type))
    }
    return Self(.healthy, "Package is up-to-date.")
  }

  /// The wildcard check of everything Crossplane brings: no status counts as healthy.
  static func crossplaneResource(_ object: JSONValue, kind: String) -> ResourceHealth {
    guard let conditions = object[path: "status", "conditions"]?.arrayValue, !conditions.isEmpty else {
      return Self(.healthy, "Resource is up-to-date.")
    }
    for condition in conditions {
      let type = condition["type"]?.stringValue ?? ""
      let isFalse = condition["status"] == "False"
      if ["Synced", "LastAsyncOperation"].contains(type), isFalse {
        return Self(.degraded, condition["message"]?.stringValue ?? "")
      }
    }
    let good = ["Ready", "Healthy", "Offered", "Established", "ValidPipeline", "RevisionHealthy"]
    if conditions.contains(where: { good.contains($0["type"]?.stringValue ?? "") && $0["status"] == "True" }) {
      return Self(.healthy, "Resource is up-to-date.")
    }
    return Self(.progressing, "Provisioning resource...")
  }

  @Sendable private static func scaledObject(_ object: JSONValue) -> ResourceHealth {
    for type in ["Ready", "Fallback"] where status(object, type) == (type == "Ready" ? "False" : "True") {
      return Self(.degraded, message(object, type))
    }
    guard status(object, "Ready") == "True" else {
      return Self(.progressing, "Creating HorizontalPodAutoscaler Object")
    }
    if status(object, "Paused") == "True" { return Self(.suspended, message(object, "Paused")) }
    return Self(.healthy, message(object, "Ready"))
  }

  @Sendable private static func certificate(_ object: JSONValue) -> ResourceHealth {
    if status(object, "Issuing") == "True" { return Self(.progressing, message(object, "Issuing")) }
    return issuer(object)
  }

  @Sendable private static func issuer(_ object: JSONValue) -> ResourceHealth {
    switch status(object, "Ready") {
    case "True": Self(.healthy, message(object, "Ready"))
    case "False": Self(.degraded, message(object, "Ready"))
    default: Self(.progressing, "Initializing \(object["kind"]?.stringValue ?? "")")
    }
  }
}
