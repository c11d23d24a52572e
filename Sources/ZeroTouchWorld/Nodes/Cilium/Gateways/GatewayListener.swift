import ZeroTouchModel

/// A listener of a Gateway as routes meet it.
struct GatewayListener: Sendable {
  let json: JSONValue
  var name: String { json["name"]?.stringValue ?? "" }
  var port: Int? { json["port"]?.intValue }
  var transport: String { json["protocol"]?.stringValue ?? "" }
  /// Whether the port is one of those for which a program needs a right of its own.
  var isPrivileged: Bool { port.map { $0 < 1024 } ?? false }
  private var hostname: String? { json["hostname"]?.stringValue }

  init(_ json: JSONValue) { self.json = json }

  /// The kinds of routes that Cilium serves behind a protocol; nil for a protocol that it does not know.
  private var supported: [String]? {
    switch transport {
    case "HTTP", "HTTPS": ["HTTPRoute", "GRPCRoute"]
    case "TLS": ["TLSRoute"]
    default: nil
    }
  }

  private var allowedKinds: [String]? {
    let kinds = json[path: "allowedRoutes", "kinds"]?.arrayValue ?? []
    return kinds.isEmpty ? nil : kinds.compactMap { $0["kind"]?.stringValue }
  }

  /// The kinds that the listener's status names.
  var served: [String] {
    let supported = supported ?? []
    return allowedKinds.map { allowed in supported.filter(allowed.contains) } ?? supported
  }

  func admits(kind: String) -> Bool { allowedKinds?.contains(kind) ?? true }

  /// Whether a part of a parent reference means this listener.
  func isMeant(by parent: JSONValue) -> Bool {
    let section = parent["sectionName"]?.stringValue
    let wanted = parent["port"]?.intValue
    return (section == nil || section == name) && (wanted == nil || wanted == port)
  }

  /// Whether one of a route's host names belongs to the listener; a route without any takes the listener's.
  func matches(hostnames: [String]) -> Bool {
    guard let hostname, !hostname.isEmpty, hostname != "*", !hostnames.isEmpty else { return true }
    return hostnames.contains { Self.meet(hostname, $0) }
  }

  private static func meet(_ left: String, _ right: String) -> Bool {
    if left == right { return true }
    func covers(_ pattern: String, _ name: String) -> Bool {
      pattern.hasPrefix("*.") && name.hasSuffix(pattern.dropFirst())
    }
    return covers(left, right) || covers(right, left)
  }

  /// Whether routes of a namespace may attach; without a word only those of the Gateway's own.
  func admits(namespace: String, of gateway: String, labels: [String: String]) -> Bool {
    let rule = json[path: "allowedRoutes", "namespaces"]
    switch rule?["from"]?.stringValue ?? "Same" {
    case "All": return true
    case "Selector": return rule?["selector"].map { LabelSelector(object: $0).matches(labels) } ?? false
    default: return namespace == gateway
    }
  }

  /// What makes the listener useless, with the condition and the reason that say so.
  func problem(of gateway: ObjectKey, in world: World) -> (reason: String, short: String, long: String)? {
    guard supported != nil else { return ("UnsupportedProtocol", "", "Unsupported Listener Protocol.") }
    if served.isEmpty {
      return (
        "InvalidRouteKinds", "Unsupported Route Kinds in allowedRoutes.kinds",
        "None of the Allowed Route Kinds are supported."
      )
    }
    for reference in json[path: "tls", "certificateRefs"]?.arrayValue ?? [] {
      if reference["kind"]?.stringValue ?? "Secret" != "Secret" {
        return ("InvalidCertificateRef", "Invalid CertificateRef", "Invalid CertificateRef, must be a Secret.")
      }
      let name = reference["name"]?.stringValue ?? ""
      let secret = ObjectKey(.secrets, reference["namespace"]?.stringValue ?? gateway.namespace, name)
      guard world.isGranted(from: "Gateway", gateway.namespace, to: "Secret", secret) else {
        return ("RefNotPermitted", "CertificateRef is not permitted", "Invalid CertificateRef, not permitted.")
      }
      guard let data = world.objects[secret]?["data"] else {
        return (
          "InvalidCertificateRef", "Invalid CertificateRef", "Invalid CertificateRef, Secret \"\(name)\" not found"
        )
      }
      if data["tls.crt"] == nil {
        return (
          "InvalidCertificateRef", "Invalid CertificateRef",
          "Invalid CertificateRef, PEM format error in TLS Certificate"
        )
      }
    }
    return nil
  }
}

extension World {
  /// Whether an object may name one of another namespace.
  func isGranted(from kind: String, _ namespace: String, to target: String, _ object: ObjectKey) -> Bool {
    if object.namespace == namespace { return true }
    return objects.list(.referenceGrants, namespace: object.namespace).contains { _, grant in
      let isFrom = (grant[path: "spec", "from"]?.arrayValue ?? []).contains {
        $0["kind"]?.stringValue == kind && $0["namespace"]?.stringValue == namespace
      }
      let isTo = (grant[path: "spec", "to"]?.arrayValue ?? []).contains {
        $0["kind"]?.stringValue == target && ($0["name"]?.stringValue ?? object.name) == object.name
      }
      return isFrom && isTo
    }
  }
}

extension GroupResource {
  static let httpRoutes = GroupResource("httproutes", GatewayRequirements.group)
  static let grpcRoutes = GroupResource("grpcroutes", GatewayRequirements.group)
  static let referenceGrants = GroupResource("referencegrants", GatewayRequirements.group)
}
