import ZeroTouchModel

extension World {
  /// Refuses the eviction of a pod that a disruption budget needs.
  mutating func admitEviction(of key: ObjectKey) throws(APIFailure) {
    refreshIndex()
    guard let pod = index.pods[key], pod.isActive else { return }
    let budgets = objects.list(GroupResource("poddisruptionbudgets", "policy"), namespace: key.namespace)
    for (name, budget) in budgets {
      // An empty selector means every pod of the namespace; none at all means no pod.
      guard let chosen = budget[path: "spec", "selector"], !chosen.isNull else { continue }
      let selector = LabelSelector(object: chosen)
      guard selector.matches(pod.labels) else { continue }
      let pods = index.pods(in: key.namespace).filter { selector.matches($0.labels) }
      let healthy = pods.count { $0.isActive && $0.isReady }
      let wanted = healthyPods(wantedBy: budget["spec"] ?? [:], among: pods)
      if pod.isReady ? healthy <= wanted : healthy < wanted { throw Self.violation(name.name, wanted, healthy) }
    }
  }

  private func healthyPods(wantedBy spec: JSONValue, among pods: [PodRecord]) -> Int {
    let owners = Set(pods.compactMap(\.owner))
    let declared = owners.compactMap { objects[$0]?[path: "spec", "replicas"]?.intValue }
    let expected = declared.isEmpty ? pods.count : declared.reduce(0, +)
    if let least = spec["minAvailable"] { return Self.amount(least, of: expected) }
    return spec["maxUnavailable"].map { max(expected - Self.amount($0, of: expected), 0) } ?? expected
  }

  /// A number, or a percentage rounded up.
  private static func amount(_ value: JSONValue, of total: Int) -> Int {
    guard let text = value.stringValue else { return value.intValue ?? 0 }
    return ((Int(text.prefix { $0 != "%" }) ?? 0) * total + 99) / 100
  }

  private static func violation(_ budget: String, _ wanted: Int, _ healthy: Int) -> APIFailure {
    let message = "The disruption budget \(budget) needs \(wanted) healthy pods and has \(healthy) currently"
    return APIFailure(
      status: 429, reason: "TooManyRequests",
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      details: ["causes": [["reason": "DisruptionBudget", "message": .string(message)]]])
  }
}
