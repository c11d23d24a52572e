import ZeroTouchModel

/// The bounds of a namespace: what containers get without a word, and how much all of them may have.
extension World {
  /// The amounts of a quota by name.
  static func hard(of quota: JSONValue) -> [String: ResourceAmount] {
    (quota[path: "spec", "hard"]?.objectValue ?? [:]).compactMapValues { ResourceAmount($0) }
  }

  /// What counts against the quotas of a namespace; pods that are finished do not.
  func charge(of namespace: String) -> ResourceCharge {
    ResourceCharge.charged.sorted().reduce(.nothing) { sum, resource in
      objects.list(resource, namespace: namespace).reduce(sum) { sum, item in
        let phase = item.object[path: "status", "phase"]?.stringValue
        return resource == .pods && ["Succeeded", "Failed"].contains(phase)
          ? sum : sum + ResourceCharge(item.object, resource)
      }
    }
  }

  /// Why a new object would be too much for its namespace; nil where it would not.
  func quotaRefusal(of object: JSONValue, _ resource: GroupResource, in namespace: String) -> String? {
    guard ResourceCharge.charged.contains(resource) else { return nil }
    let quotas = objects.list(.resourceQuotas, namespace: namespace)
    guard !quotas.isEmpty else { return nil }
    let (own, used) = (ResourceCharge(object, resource), charge(of: namespace).amounts)
    for (key, quota) in quotas {
      let hard = Self.hard(of: quota)
      let open = own.open.filter { hard[$0.key] != nil && !$0.value.isEmpty }.sorted { $0.key < $1.key }
      if !open.isEmpty {
        let list = open.map { "\($0.key) for: \($0.value.joined(separator: ","))" }.joined(separator: "; ")
        return "failed quota: \(key.name): must specify \(list)"
      }
      let exceeded = own.amounts.keys.filter { name in
        guard let limit = hard[name], let amount = own.amounts[name], amount > .zero else { return false }
        return (used[name] ?? .zero) + amount > limit
      }
      guard !exceeded.isEmpty else { continue }
      func list(_ amounts: [String: ResourceAmount]) -> String {
        exceeded.sorted().map { "\($0)=\(amounts[$0] ?? .zero)" }.joined(separator: ",")
      }
      return "exceeded quota: \(key.name), requested: \(list(own.amounts)), used: \(list(used)), "
        + "limited: \(list(hard))"
    }
    return nil
  }

  /// Gives containers without figures of their own those of the namespace's LimitRanges.
  func applyLimitRanges(to spec: inout JSONValue, in namespace: String) {
    let items = objects.list(.limitRanges, namespace: namespace).flatMap {
      $0.object[path: "spec", "limits"]?.arrayValue ?? []
    }.filter { $0["type"] == "Container" }
    guard !items.isEmpty else { return }
    for list in ["containers", "initContainers"] {
      guard let containers = spec[list]?.arrayValue else { continue }
      spec[list] = .array(containers.map { items.reduce($0, Self.bounded) })
    }
  }

  private static func bounded(_ container: JSONValue, by item: JSONValue) -> JSONValue {
    var bounded = container
    let limits = item["default"]?.objectValue ?? [:]
    // A limit is asked for where nothing says how much is.
    let requests = limits.merging(item["defaultRequest"]?.objectValue ?? [:]) { $1 }
    let own = container[path: "resources", "limits"]?.objectValue ?? [:]
    for (name, amount) in limits where bounded[path: "resources", "limits", name] == nil {
      bounded[path: "resources", "limits", name] = amount
    }
    for (name, amount) in requests where bounded[path: "resources", "requests", name] == nil {
      bounded[path: "resources", "requests", name] = own[name] ?? amount
    }
    return bounded
  }
}
