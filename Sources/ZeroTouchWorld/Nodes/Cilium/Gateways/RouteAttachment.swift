import ZeroTouchModel

/// A route held against the Gateways that it names and the Services that it leads to.
struct RouteAttachment {
  /// What a condition of a route says.
  struct Verdict {
    var holds = true
    var reason: String
    var message: String

    func json(_ type: String, _ generation: JSONValue) -> JSONValue {
      [
        "type": .string(type), "status": holds ? "True" : "False", "reason": .string(reason),
        "message": .string(message), "observedGeneration": generation,
      ]
    }
  }

  static let group = GatewayRequirements.group
  let key: ObjectKey
  let route: JSONValue
  let kind: String

  init(_ key: ObjectKey, _ route: JSONValue) {
    self.key = key
    self.route = route
    kind = key.resource == .grpcRoutes ? "GRPCRoute" : "HTTPRoute"
  }

  var parents: [JSONValue] {
    (route[path: "spec", "parentRefs"]?.arrayValue ?? []).filter {
      ($0["group"]?.stringValue ?? Self.group) == Self.group && ($0["kind"]?.stringValue ?? "Gateway") == "Gateway"
    }
  }

  /// The Gateway that a parent reference means.
  func gateway(_ parent: JSONValue) -> ObjectKey {
    ObjectKey(.gateways, parent["namespace"]?.stringValue ?? key.namespace, parent["name"]?.stringValue ?? "")
  }

  var hostnames: [String] { (route[path: "spec", "hostnames"]?.arrayValue ?? []).compactMap(\.stringValue) }

  private var backends: [JSONValue] {
    (route[path: "spec", "rules"]?.arrayValue ?? []).flatMap { rule in
      let mirrors = (rule["filters"]?.arrayValue ?? []).compactMap { $0[path: "requestMirror", "backendRef"] }
      return (rule["backendRefs"]?.arrayValue ?? []) + mirrors
    }
  }

  /// Whether the route leads to a Service.
  func leads(to service: ObjectKey) -> Bool {
    backends.contains { $0["name"]?.stringValue == service.name && namespace(of: $0) == service.namespace }
  }

  private func namespace(of backend: JSONValue) -> String { backend["namespace"]?.stringValue ?? key.namespace }

  /// Whether the route may attach to a Gateway.
  func accepted(_ parent: JSONValue, _ gateway: JSONValue, in world: World) -> Verdict {
    let listeners = (gateway[path: "spec", "listeners"]?.arrayValue ?? []).map(GatewayListener.init)
    func refused(_ reason: String, _ message: String) -> Verdict {
      Verdict(holds: false, reason: reason, message: message)
    }
    let notAllowed = "\(kind) is not allowed to attach to this Gateway due to"
    if !listeners.allSatisfy({ $0.admits(kind: kind) }) {
      return refused("NotAllowedByListeners", "\(notAllowed) route kind restrictions")
    }
    if let port = parent["port"]?.intValue, !listeners.contains(where: { $0.port == port }) {
      return refused("NoMatchingParent", "No matching listener with port \(port)")
    }
    if !listeners.contains(where: { $0.matches(hostnames: hostnames) }) {
      return refused("NoMatchingListenerHostname", "No matching listener hostname")
    }
    if let section = parent["sectionName"]?.stringValue, !listeners.contains(where: { $0.name == section }) {
      return refused("NoMatchingParent", "No matching listener with sectionName \(section)")
    }
    let meant = listeners.filter { $0.isMeant(by: parent) && $0.matches(hostnames: hostnames) }
    let labels = world.objects[ObjectKey(.namespaces, key.namespace)]?[path: "metadata", "labels"]?.stringMap ?? [:]
    let home = self.gateway(parent).namespace
    guard meant.contains(where: { $0.admits(namespace: key.namespace, of: home, labels: labels) }) else {
      return refused("NotAllowedByListeners", "\(notAllowed) namespace restrictions")
    }
    return Verdict(reason: "Accepted", message: "Accepted \(kind)")
  }

  /// Whether everything that the route leads to is there.
  func resolved(in world: World) -> Verdict {
    func refused(_ reason: String, _ message: String) -> Verdict {
      Verdict(holds: false, reason: reason, message: message)
    }
    for backend in backends {
      let service = ObjectKey(.services, namespace(of: backend), backend["name"]?.stringValue ?? "")
      if !world.isGranted(from: kind, key.namespace, to: "Service", service) {
        return refused("RefNotPermitted", "Cross namespace references are not allowed")
      }
    }
    for backend in backends {
      let backendKind = backend["kind"]?.stringValue ?? "Service"
      if backendKind != "Service" || !(backend["group"]?.stringValue ?? "").isEmpty {
        return refused("InvalidKind", "Unsupported backend kind \(backendKind)")
      }
      if backend["port"] == nil { return refused("InvalidKind", "Must have port for backend object reference") }
    }
    for backend in backends {
      let service = ObjectKey(.services, namespace(of: backend), backend["name"]?.stringValue ?? "")
      if world.objects[service] == nil {
        return refused("BackendNotFound", "Service \"\(service.name)\" not found")
      }
    }
    return Verdict(reason: "ResolvedRefs", message: "Service reference is valid")
  }
}
