import ZeroTouchModel

/// Deletes objects whose owners are all gone, and lets owners go that waited for their dependents.
struct GarbageCollector: Controller {
  let name = "garbage-collector"
  let watches: Set<GroupResource> = []
  let watchesEverything = true

  func reconcile(_ changed: [ObjectKey], in world: inout World) {
    for key in changed {
      guard let object = world.objects[key] else { continue }
      if object.finalizers.contains("foregroundDeletion") { finishForeground(key, object, in: &world) }
      collect(key, object, in: &world)
    }
  }

  private func collect(_ key: ObjectKey, _ object: JSONValue, in world: inout World) {
    let references = object[path: "metadata", "ownerReferences"]?.arrayValue ?? []
    let owners = references.compactMap { $0["uid"]?.stringValue }
    guard !owners.isEmpty, object[path: "metadata", "deletionTimestamp"] == nil else { return }
    let living = owners.filter { world.objects.key(uid: $0) != nil }
    if living.isEmpty {
      world.delete(key)
    } else if living.count < owners.count {
      world.objects.update(key) { object in
        let left = references.filter { $0["uid"]?.stringValue.map(living.contains) ?? false }
        object[path: "metadata", "ownerReferences"] = .array(left)
      }
    }
  }

  private func finishForeground(_ key: ObjectKey, _ object: JSONValue, in world: inout World) {
    let uid = object[path: "metadata", "uid"]?.stringValue ?? ""
    for dependent in world.objects.dependents(of: uid) {
      guard world.objects[dependent]?[path: "metadata", "deletionTimestamp"] == nil else { continue }
      world.delete(dependent, propagation: .foreground)
    }
    guard world.objects.dependents(of: uid).isEmpty else { return }
    let left = object.finalizers.filter { $0 != "foregroundDeletion" }
    guard !left.isEmpty else { return world.objects.remove(key) }
    world.objects.update(key) { $0[path: "metadata", "finalizers"] = .array(left.map(JSONValue.string)) }
  }
}
