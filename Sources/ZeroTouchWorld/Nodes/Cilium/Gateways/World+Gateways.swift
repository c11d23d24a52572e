import ZeroTouchModel

extension World {
  /// Accepts Cilium's classes, attaches routes and programs the Gateways; without a change named all of them.
  mutating func reconcileGateways(_ changed: [ObjectKey]?) {
    var classes: Set<String> = []
    for (key, object) in objects.list(.gatewayClasses)
    where object[path: "spec", "controllerName"]?.stringValue == Self.gatewayController {
      classes.insert(key.name)
      setConditions(of: key, [("Accepted", true, "Accepted", "Valid GatewayClass")])
    }
    reconcileRoutes(classes, changed)
    for (key, gateway) in objects.list(.gateways)
    where classes.contains(gateway[path: "spec", "gatewayClassName"]?.stringValue ?? "") {
      program(key, gateway)
    }
  }

  private mutating func program(_ key: ObjectKey, _ gateway: JSONValue) {
    let isOnHost = ciliumConfig()["gateway-api-hostnetwork-enabled"] == "true"
    let service = ObjectKey(.services, key.namespace, "cilium-gateway-\(key.name)")
    if objects[service]?[path: "spec", "type"]?.stringValue != Self.serviceType(isOnHost) {
      createService(service, for: key, gateway, isOnHost: isOnHost)
    }
    assignAddress(to: service)
    let given = objects[service]?[path: "status", "loadBalancer", "ingress"]?.arrayValue?.first?["ip"]?.stringValue
    let address = isOnHost ? nil : given
    let nodes = isOnHost ? index.nodes.values.map(\.address).sorted() : []
    let isProgrammed = address != nil || !nodes.isEmpty
    let listeners = (gateway[path: "spec", "listeners"]?.arrayValue ?? []).map(GatewayListener.init)
    let generation = gateway[path: "metadata", "generation"] ?? 1
    let isUsable = listeners.contains { $0.problem(of: key, in: self) == nil }
    let refused = isOnHost && !proxyBindsPrivilegedPorts ? listeners.first(where: \.isPrivileged) : nil
    let verdict = refused.map { Self.refused($0) } ?? Self.verdict(isProgrammed)
    setConditions(of: key, isUsable ? verdict : Self.useless)
    let addresses = (address.map { [$0] } ?? nodes).map {
      JSONValue.object(["type": "IPAddress", "value": .string($0)])
    }
    let before = gateway[path: "status", "listeners"]?.arrayValue ?? []
    let statuses = listeners.map { listener in
      status(
        listener, key, isProgrammed && (refused == nil || !listener.isPrivileged), generation,
        before.first { $0["name"]?.stringValue == listener.name })
    }
    objects.update(key) {
      $0[path: "status", "addresses"] = addresses.isEmpty ? nil : .array(addresses)
      $0[path: "status", "listeners"] = .array(statuses)
    }
  }

  private static func verdict(_ isProgrammed: Bool) -> [(String, Bool, String, String)] {
    [
      ("Accepted", true, "Accepted", "Gateway successfully scheduled"),
      isProgrammed
        ? ("Programmed", true, "Programmed", "Gateway successfully reconciled")
        : ("Programmed", false, "AddressNotAssigned", "Address is not ready"),
    ]
  }

  /// Cilium itself leaves these words to its agents' logs and says `Programmed`; here they close the wave, since
  /// nothing would ever answer at the port.
  private static func refused(_ listener: GatewayListener) -> [(String, Bool, String, String)] {
    [
      ("Accepted", true, "Accepted", "Gateway successfully scheduled"),
      (
        "Programmed", false, "Invalid",
        "listener \(listener.name): cannot bind '0.0.0.0:\(listener.port ?? 0)': Permission denied"
      ),
    ]
  }

  /// Whether the proxy may listen on the first 1024 ports of a node, and keeps the right to.
  private var proxyBindsPrivilegedPorts: Bool {
    let key = ObjectKey(.daemonSets, "kube-system", "cilium-envoy")
    let containers = objects[key]?[path: "spec", "template", "spec", "containers"]?.arrayValue ?? []
    guard let proxy = containers.first(where: { $0["name"] == "cilium-envoy" }) else { return false }
    let added = proxy[path: "securityContext", "capabilities", "add"]?.arrayValue ?? []
    let arguments = proxy["args"]?.arrayValue ?? []
    return added.contains("NET_BIND_SERVICE") && arguments.contains("--keep-cap-net-bind-service")
  }

  private static let useless = [
    ("Accepted", false, "ListenersNotValid", "No Accepted Listeners"),
    ("Programmed", false, "ListenersNotValid", "No Accepted Listeners"),
  ]

  private func status(
    _ listener: GatewayListener, _ gateway: ObjectKey, _ isProgrammed: Bool, _ generation: JSONValue,
    _ before: JSONValue?
  ) -> JSONValue {
    var conditions = before?["conditions"]?.arrayValue ?? []
    func set(_ type: String, _ holds: Bool, _ reason: String, _ message: String) {
      conditions.setCondition(
        RouteAttachment.Verdict(holds: holds, reason: reason, message: message).json(type, generation),
        timestamp: timestamp)
    }
    let problem = listener.problem(of: gateway, in: self)
    if let problem {
      if !problem.short.isEmpty { set("ResolvedRefs", false, problem.reason, problem.short) }
      set("Accepted", false, "Invalid", "Listener not valid. \(problem.long)")
    } else {
      set("ResolvedRefs", true, "ResolvedRefs", "Resolved Refs")
      set("Accepted", true, "Accepted", "Listener Accepted")
    }
    problem == nil && isProgrammed
      ? set("Programmed", true, "Programmed", "Listener Programmed")
      : set("Programmed", false, "Pending", "Address not ready yet")
    return [
      "name": .string(listener.name), "attachedRoutes": JSONValue(attachedRoutes(listener, of: gateway)),
      "supportedKinds": .array(
        listener.served.map { ["group": .string(GatewayRequirements.group), "kind": .string($0)] }),
      "conditions": .array(conditions),
    ]
  }

  private static func serviceType(_ isOnHost: Bool) -> String { isOnHost ? "ClusterIP" : "LoadBalancer" }

  private mutating func createService(_ key: ObjectKey, for owner: ObjectKey, _ gateway: JSONValue, isOnHost: Bool) {
    let ports = (gateway[path: "spec", "listeners"]?.arrayValue ?? []).compactMap { $0["port"]?.intValue }
    let service: JSONValue = [
      "apiVersion": "v1", "kind": "Service",
      "metadata": [
        "name": .string(key.name), "namespace": .string(key.namespace),
        "labels": [
          "gateway.networking.k8s.io/gateway-name": .string(owner.name),
          "io.cilium.gateway/owning-gateway": .string(owner.name),
        ],
        "ownerReferences": [
          [
            "apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway", "name": .string(owner.name),
            "uid": gateway[path: "metadata", "uid"] ?? "", "controller": true,
          ]
        ],
      ],
      "spec": [
        "type": .string(Self.serviceType(isOnHost)),
        "ports": .array(
          Set(ports).sorted().map { ["name": .string("port-\($0)"), "port": JSONValue($0), "protocol": "TCP"] }),
      ],
    ]
    _ = apply(service, manager: "cilium-operator-generic")
  }

  private mutating func setConditions(of key: ObjectKey, _ wanted: [(String, Bool, String, String)]) {
    let time = timestamp
    objects.update(key) { object in
      let generation = object[path: "metadata", "generation"] ?? 1
      // The definition's own defaults say `Unknown` until a controller speaks.
      var conditions = object[path: "status", "conditions"]?.arrayValue ?? []
      for (type, holds, reason, message) in wanted {
        conditions.setCondition(
          [
            "type": .string(type), "status": holds ? "True" : "False", "reason": .string(reason),
            "message": .string(message), "observedGeneration": generation,
          ], timestamp: time)
      }
      object[path: "status", "conditions"] = .array(conditions)
    }
  }
}
