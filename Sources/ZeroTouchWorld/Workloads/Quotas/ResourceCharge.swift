import ZeroTouchModel

/// What one object takes of a quota, by the names that quotas use.
struct ResourceCharge: Sendable, Hashable {
  private(set) var amounts: [String: ResourceAmount] = [:]
  /// What a pod's containers leave open, each with the containers' names.
  private(set) var open: [String: [String]] = [:]

  static let charged: Set<GroupResource> = [.pods, .persistentVolumeClaims, .services]
  static let nothing = ResourceCharge()

  private init() {}

  init(_ object: JSONValue, _ resource: GroupResource) {
    let spec = object["spec"] ?? [:]
    switch resource {
    case .pods: charge(pod: spec)
    case .persistentVolumeClaims:
      amounts["persistentvolumeclaims"] = .count(1)
      amounts["requests.storage"] = ResourceAmount(spec[path: "resources", "requests", "storage"])
    case .services: charge(service: spec)
    default: return
    }
    amounts["count/\(resource.resource)"] = .count(1)
  }

  private mutating func charge(service spec: JSONValue) {
    let type = spec["type"]?.stringValue ?? "ClusterIP"
    amounts["services"] = .count(1)
    amounts["services.loadbalancers"] = .count(type == "LoadBalancer" ? 1 : 0)
    amounts["services.nodeports"] = .count(
      type == "NodePort" || (type == "LoadBalancer" && spec["allocateLoadBalancerNodePorts"] != false)
        ? spec["ports"]?.arrayValue?.count ?? 0 : 0)
  }

  private mutating func charge(pod spec: JSONValue) {
    amounts["pods"] = .count(1)
    let all = spec["containers"]?.arrayValue ?? []
    let early = spec["initContainers"]?.arrayValue ?? []
    // One that stays beside the others counts with them; the others run before, one at a time.
    let staying = early.filter { $0["restartPolicy"] == "Always" }
    let passing = early.filter { $0["restartPolicy"] != "Always" }
    for (side, kind) in [("requests", "cpu"), ("requests", "memory"), ("limits", "cpu"), ("limits", "memory")] {
      func amount(_ container: JSONValue) -> ResourceAmount? { Self.amount(container, side, kind) }
      let sum = (all + staying).compactMap(amount).reduce(.zero, +)
      let name = "\(side).\(kind)"
      amounts[name] = max(sum, passing.compactMap(amount).max() ?? .zero)
      open[name] = (all + early).filter { amount($0) == nil }.compactMap { $0["name"]?.stringValue }.sorted()
      guard side == "requests" else { continue }
      (amounts[kind], open[kind]) = (amounts[name], open[name])
    }
  }

  private static func amount(_ container: JSONValue, _ side: String, _ kind: String) -> ResourceAmount? {
    let resources = container["resources"]
    // What is limited is asked for, unless something else is.
    return ResourceAmount(resources?[side]?[kind])
      ?? (side == "requests" ? ResourceAmount(resources?["limits"]?[kind]) : nil)
  }

  static func + (left: Self, right: Self) -> Self {
    var sum = left
    sum.amounts.merge(right.amounts, uniquingKeysWith: +)
    return sum
  }
}
