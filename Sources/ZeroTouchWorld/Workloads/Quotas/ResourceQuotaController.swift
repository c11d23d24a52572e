import ZeroTouchModel

/// Writes into every quota how much of it is used.
struct ResourceQuotaController: Controller {
  static let controllerName = "resourcequota-controller"
  let name = controllerName
  let watches = ResourceCharge.charged.union([.resourceQuotas])

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    let touched = Set(changed.map(\.namespace))
    for (key, quota) in world.objects.list(.resourceQuotas) where touched.contains(key.namespace) {
      let hard = World.hard(of: quota)
      let used = world.charge(of: key.namespace).amounts
      let counted = hard.keys.filter(Self.isCounted)
      let status: JSONValue = [
        "hard": quota[path: "spec", "hard"] ?? [:],
        "used": JSONValue(
          Dictionary(uniqueKeysWithValues: counted.map { ($0, (used[$0] ?? .zero).description) })),
      ]
      guard quota["status"] != status else { continue }
      world.objects.update(key) { $0["status"] = status }
    }
  }

  /// Whether this world counts a resource; of another one nothing is said.
  private static func isCounted(_ name: String) -> Bool {
    let own = [
      "pods", "cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory",
      "persistentvolumeclaims",
      "requests.storage", "services", "services.loadbalancers", "services.nodeports",
    ]
    return own.contains(name) || ResourceCharge.charged.contains { "count/\($0.resource)" == name }
  }
}
