import ZeroTouchModel

extension World {
  static let gatewayController = "io.cilium/gateway-controller"
  /// What decides about every route, not about single ones.
  private static let shared: Set<GroupResource> = [.gateways, .gatewayClasses, .namespaces, .referenceGrants]
  private static let routeKinds: [GroupResource] = [.httpRoutes, .grpcRoutes]

  /// Writes the status of the routes that a change may concern; all of them when nothing is named.
  mutating func reconcileRoutes(_ classes: Set<String>, _ changed: [ObjectKey]?) {
    let concernsAll = changed?.contains { Self.shared.contains($0.resource) } ?? true
    let named = Set(changed ?? [])
    let services = named.filter { $0.resource == .services }
    for resource in Self.routeKinds {
      for (key, object) in objects.list(resource) {
        let route = RouteAttachment(key, object)
        guard concernsAll || named.contains(key) || services.contains(where: route.leads) else { continue }
        report(route, classes)
      }
    }
  }

  /// A parent that is no Gateway of Cilium's gets no word from it.
  private mutating func report(_ route: RouteAttachment, _ classes: Set<String>) {
    guard route.route[path: "metadata", "deletionTimestamp"] == nil else { return }
    let before = route.route[path: "status", "parents"]?.arrayValue ?? []
    let generation = route.route[path: "metadata", "generation"] ?? 1
    let resolved = route.resolved(in: self)
    var parents = before.filter { $0["controllerName"]?.stringValue != Self.gatewayController }
    for parent in route.parents {
      guard let gateway = objects[route.gateway(parent)],
        classes.contains(gateway[path: "spec", "gatewayClassName"]?.stringValue ?? "")
      else { continue }
      let old = before.first { $0["parentRef"] == parent && $0["controllerName"] == .string(Self.gatewayController) }
      var conditions = old?["conditions"]?.arrayValue ?? []
      conditions.setCondition(
        route.accepted(parent, gateway, in: self).json("Accepted", generation), timestamp: timestamp)
      conditions.setCondition(resolved.json("ResolvedRefs", generation), timestamp: timestamp)
      parents.append([
        "parentRef": parent, "controllerName": .string(Self.gatewayController), "conditions": .array(conditions),
      ])
    }
    guard parents != before else { return }
    objects.update(route.key) { $0[path: "status", "parents"] = .array(parents) }
  }

  /// How many routes attach to a listener of a Gateway.
  func attachedRoutes(_ listener: GatewayListener, of gateway: ObjectKey) -> Int {
    Self.routeKinds.reduce(0) { count, resource in
      count
        + objects.list(resource).filter { key, object in
          let route = RouteAttachment(key, object)
          return route.hasAttached(to: gateway) && listener.admits(kind: route.kind)
            && listener.matches(hostnames: route.hostnames)
            && route.parents.contains { route.gateway($0) == gateway && listener.isMeant(by: $0) }
        }.count
    }
  }
}

extension RouteAttachment {
  /// Whether Cilium has accepted the route at a Gateway.
  fileprivate func hasAttached(to gateway: ObjectKey) -> Bool {
    (route[path: "status", "parents"]?.arrayValue ?? []).contains { parent in
      parent["controllerName"]?.stringValue == World.gatewayController
        && parent["parentRef"].map { self.gateway($0) } == gateway
        && (parent["conditions"]?.arrayValue ?? []).contains { $0["type"] == "Accepted" && $0["status"] == "True" }
    }
  }
}
