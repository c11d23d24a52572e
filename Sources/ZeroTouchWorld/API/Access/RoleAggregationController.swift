import ZeroTouchModel

/// Gathers the rules of ClusterRoles into those that aggregate them, as their labels say.
struct RoleAggregationController: Controller {
  let name = "clusterrole-aggregation-controller"
  let watches: Set<GroupResource> = [.clusterRoles]

  func reconcile(_ changed: [ObjectKey], in world: inout World) { gather(in: &world) }

  func elapsed(_ timer: Timer, in world: inout World) { gather(in: &world) }

  private func gather(in world: inout World) {
    let roles = world.objects.list(.clusterRoles)
    for (key, role) in roles {
      guard let selectors = role[path: "aggregationRule", "clusterRoleSelectors"]?.arrayValue else { continue }
      let chosen = selectors.map(LabelSelector.init(object:))
      var rules: [JSONValue] = []
      for (other, part) in roles where other != key && chosen.contains(where: { $0.matches(part) }) {
        for rule in part["rules"]?.arrayValue ?? [] where !rules.contains(rule) { rules.append(rule) }
      }
      guard role["rules"]?.arrayValue ?? [] != rules else { continue }
      write(.array(rules), to: key, in: &world)
    }
  }

  private func write(_ rules: JSONValue, to key: ObjectKey, in world: inout World) {
    let manifest: JSONValue = [
      "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": ["name": .string(key.name)],
      "rules": rules,
    ]
    let timer = Timer(name, key, "gather")
    switch world.apply(manifest, manager: name) {
    case .success: world.stopRetrying(timer)
    case .failure: world.retry(timer)
    }
  }
}
