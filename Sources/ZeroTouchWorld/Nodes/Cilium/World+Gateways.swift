import ZeroTouchModel

extension World {
  private static let gatewayController = "io.cilium/gateway-controller"

  /// Accepts Cilium's classes and programs their Gateways.
  mutating func reconcileGateways() {
    var classes: Set<String> = []
    for (key, object) in objects.list(.gatewayClasses)
    where object[path: "spec", "controllerName"]?.stringValue == Self.gatewayController {
      classes.insert(key.name)
      setConditions(of: key, [("Accepted", true, "Accepted", "Valid GatewayClass")])
    }
    for (key, gateway) in objects.list(.gateways)
    where classes.contains(gateway[path: "spec", "gatewayClassName"]?.stringValue ?? "") {
      program(key, gateway)
    }
  }

  private mutating func program(_ key: ObjectKey, _ gateway: JSONValue) {
    let isOnHost = ciliumConfig()["gateway-api-hostnetwork-enabled"] == "true"
    let service = ObjectKey(.services, key.namespace, "cilium-gateway-\(key.name)")
    if objects[service] == nil { createService(service, for: key, gateway, isOnHost: isOnHost) }
    assignAddress(to: service)
    let address = objects[service]?[path: "status", "loadBalancer", "ingress"]?.arrayValue?.first?["ip"]?.stringValue
    let nodes = isOnHost ? index.nodes.values.map(\.address).sorted() : []
    let isProgrammed = address != nil || !nodes.isEmpty
    setConditions(
      of: key,
      [
        ("Accepted", true, "Accepted", "Gateway successfully scheduled"),
        isProgrammed
          ? ("Programmed", true, "Programmed", "Gateway successfully reconciled")
          : ("Programmed", false, "AddressNotAssigned", "Address is not ready"),
      ])
    let addresses = (address.map { [$0] } ?? nodes).map {
      JSONValue.object(["type": "IPAddress", "value": .string($0)])
    }
    let listeners = (gateway[path: "spec", "listeners"]?.arrayValue ?? []).map(listenerStatus)
    objects.update(key) {
      $0[path: "status", "addresses"] = addresses.isEmpty ? nil : .array(addresses)
      $0[path: "status", "listeners"] = .array(listeners)
    }
  }

  private func listenerStatus(_ listener: JSONValue) -> JSONValue {
    [
      "name": listener["name"] ?? "", "attachedRoutes": 0,
      "supportedKinds": [["group": "gateway.networking.k8s.io", "kind": "HTTPRoute"]],
      "conditions": [],
    ]
  }

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
        "type": isOnHost ? "ClusterIP" : "LoadBalancer",
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

  /// Gives a LoadBalancer Service an address of a pool, where Cilium has one to give.
  mutating func assignAddress(to key: ObjectKey) {
    guard let service = objects[key], service[path: "spec", "type"] == "LoadBalancer",
      service[path: "status", "loadBalancer", "ingress"] == nil, let address = freeAddress()
    else { return }
    objects.update(key) {
      $0[path: "status", "loadBalancer", "ingress"] = [["ip": .string(address), "ipMode": "VIP"]]
    }
  }

  private func freeAddress() -> String? {
    let taken = Set(
      objects.list(.services).compactMap {
        $0.object[path: "status", "loadBalancer", "ingress"]?.arrayValue?.first?["ip"]?.stringValue
      })
    for (_, pool) in objects.list(.loadBalancerPools) where pool[path: "spec", "disabled"] != true {
      for block in pool[path: "spec", "blocks"]?.arrayValue ?? [] {
        if let address = AddressBlock(block)?.addresses.first(where: { !taken.contains($0) }) { return address }
      }
    }
    return nil
  }
}
