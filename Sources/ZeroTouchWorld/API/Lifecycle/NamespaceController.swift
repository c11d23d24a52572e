import ZeroTouchModel

/// Gives new namespaces what every namespace has, and empties those that are to go.
struct NamespaceController: Controller {
  let name = "namespaces"
  let watches: Set<GroupResource> = [.namespaces]
  let watchesEverything = true

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    let named = changed.map { $0.resource == .namespaces ? $0.name : $0.namespace }
    for namespace in Set(named.filter { !$0.isEmpty }).sorted() {
      let key = ObjectKey(.namespaces, namespace)
      guard let object = world.objects[key] else { continue }
      if object[path: "metadata", "deletionTimestamp"] != nil {
        empty(key, in: &world)
      } else if changed.contains(key) {
        furnish(namespace, in: &world)
      }
    }
  }

  private func furnish(_ namespace: String, in world: inout World) {
    let account = ObjectKey(.serviceAccounts, namespace, "default")
    if world.objects[account] == nil {
      world.objects.insert(["apiVersion": "v1", "kind": "ServiceAccount"], at: account, timestamp: world.timestamp)
    }
    let authority = ObjectKey(.configMaps, namespace, "kube-root-ca.crt")
    if world.objects[authority] == nil {
      world.objects.insert(
        ["apiVersion": "v1", "kind": "ConfigMap", "data": ["ca.crt": ""]], at: authority, timestamp: world.timestamp)
    }
  }

  private func empty(_ key: ObjectKey, in world: inout World) {
    var remaining: [String: Int] = [:]
    for resource in world.objects.resources {
      for (object, value) in world.objects.list(resource, namespace: key.name) {
        if value[path: "metadata", "deletionTimestamp"] == nil { world.delete(object) }
        if let held = world.objects[object] {
          for finalizer in held.finalizers { remaining[finalizer, default: 0] += 1 }
          if held.finalizers.isEmpty { remaining["", default: 0] += 1 }
        }
      }
    }
    guard remaining.isEmpty else { return report(remaining, key, in: &world) }
    guard let namespace = world.objects[key], namespace.finalizers.isEmpty else { return }
    world.objects.remove(key)
  }

  private func report(_ remaining: [String: Int], _ key: ObjectKey, in world: inout World) {
    let texts = remaining.filter { !$0.key.isEmpty }.sorted { $0.key < $1.key }
      .map { "\($0.key) in \($0.value) resource instances" }
    guard !texts.isEmpty else { return }
    let message = "Some content in the namespace has finalizers remaining: " + texts.joined(separator: ", ")
    let time = JSONValue.string(world.timestamp)
    let known = world.objects[key]?[path: "status", "conditions"]?.arrayValue ?? []
    guard !known.contains(where: { $0["message"]?.stringValue == message }) else { return }
    world.objects.update(key) {
      $0[path: "status", "conditions"] = [
        [
          "type": "NamespaceFinalizersRemaining", "status": "True", "reason": "SomeFinalizersRemain",
          "message": .string(message), "lastTransitionTime": time,
        ]
      ]
    }
  }
}
