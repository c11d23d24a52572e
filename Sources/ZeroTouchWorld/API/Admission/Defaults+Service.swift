import ZeroTouchModel

extension Defaults {
  /// Completes a Service; one that needs an address gets the next free one.
  static func service(_ object: inout JSONValue, in world: World) {
    var spec = object["spec"] ?? [:]
    set("type", "ClusterIP", in: &spec)
    set("sessionAffinity", "None", in: &spec)
    let kind = spec["type"]?.stringValue ?? ""
    ports(&spec, needsNodePort: ["NodePort", "LoadBalancer"].contains(kind), in: world)
    if kind != "ExternalName" {
      set("internalTrafficPolicy", "Cluster", in: &spec)
      set("ipFamilies", ["IPv4"], in: &spec)
      set("ipFamilyPolicy", "SingleStack", in: &spec)
      if (spec["clusterIP"]?.stringValue ?? "").isEmpty { spec["clusterIP"] = .string(freeAddress(in: world)) }
      spec["clusterIPs"] = spec["clusterIP"].map { [$0] }
    }
    if ["NodePort", "LoadBalancer"].contains(kind) {
      set("externalTrafficPolicy", "Cluster", in: &spec)
    }
    if kind == "LoadBalancer" { set("allocateLoadBalancerNodePorts", true, in: &spec) }
    object["spec"] = spec
    if object["status"] == nil { object["status"] = ["loadBalancer": [:]] }
  }

  private static func ports(_ spec: inout JSONValue, needsNodePort: Bool, in world: World) {
    guard let ports = spec["ports"]?.arrayValue else { return }
    var used = needsNodePort ? usedNodePorts(in: world) : []
    spec["ports"] = .array(
      ports.map { declared in
        var port = declared
        set("protocol", "TCP", in: &port)
        if let number = port["port"] { set("targetPort", number, in: &port) }
        if needsNodePort, port["nodePort"] == nil, let free = (30_000...32_767).first(where: { !used.contains($0) }) {
          used.insert(free)
          port["nodePort"] = JSONValue(free)
        }
        return port
      })
  }

  private static func usedNodePorts(in world: World) -> Set<Int> {
    let services = world.objects.list(.services).flatMap { $0.object[path: "spec", "ports"]?.arrayValue ?? [] }
    return Set(services.compactMap { $0["nodePort"]?.intValue })
  }

  /// The first address of the service network that no Service has, behind those the control plane and DNS take.
  private static func freeAddress(in world: World) -> String {
    let used = Set(world.objects.list(.services).compactMap { $0.object[path: "spec", "clusterIP"]?.stringValue })
    let free = (11..<65_000).lazy.map { world.serviceAddress($0) }.first { !used.contains($0) }
    return free ?? "None"
  }
}
