import ZeroTouchModel

/// What becomes of the objects that a deleted one owns.
package enum DeletionPropagation: String, Sendable {
  case background = "Background"
  case foreground = "Foreground"
  case orphan = "Orphan"
}

extension World {
  /// Answers a DELETE of one object.
  mutating func delete(
    _ request: APIRequest, _ key: ObjectKey, _ type: ResourceType, _ route: ObjectRoute
  ) throws(APIFailure) -> APIResponse.Reply {
    let options = try deleteOptions(in: request)
    let object = try read(key)
    try checkPreconditions(options["preconditions"] ?? [:], object, key)
    let name = options["propagationPolicy"]?.stringValue ?? request.first("propagationPolicy") ?? "Background"
    guard let propagation = DeletionPropagation(rawValue: name) else {
      throw .badRequest("invalid propagationPolicy \(name)")
    }
    let isDryRun = request.isDryRun || options["dryRun"]?.arrayValue?.isEmpty == false
    if !isDryRun { delete(key, propagation: propagation) }
    if let remaining = objects[key], !isDryRun { return show(remaining, type, route, request) }
    return APIResponse.Reply(document: Self.deleted(object, type))
  }

  /// Deletes an object as the API does: finalizers hold it, dependents go, stay or go first.
  package mutating func delete(_ key: ObjectKey, propagation: DeletionPropagation = .background) {
    guard let object = objects[key] else { return }
    if propagation == .orphan { orphanDependents(of: object) }
    var finalizers = object.finalizers
    let hasDependents = !objects.dependents(of: object[path: "metadata", "uid"]?.stringValue ?? "").isEmpty
    if propagation == .foreground, hasDependents { finalizers.append("foregroundDeletion") }
    guard !finalizers.isEmpty || key.resource == .namespaces else {
      objects.remove(key)
      return
    }
    let time = timestamp
    objects.update(key) { object in
      if object[path: "metadata", "deletionTimestamp"] == nil {
        object[path: "metadata", "deletionTimestamp"] = .string(time)
        object[path: "metadata", "deletionGracePeriodSeconds"] = 0
      }
      let unique = finalizers.enumerated().filter { finalizers.firstIndex(of: $0.element) == $0.offset }
      if !unique.isEmpty {
        object[path: "metadata", "finalizers"] = .array(unique.map { .string($0.element) })
      }
      if key.resource == .namespaces { object[path: "status", "phase"] = "Terminating" }
    }
  }

  /// Deletes every object a request selects.
  mutating func deleteCollection(
    _ request: APIRequest, _ route: ObjectRoute, _ type: ResourceType
  ) throws(APIFailure) -> APIResponse.Reply {
    let items = selected(type, route.namespace, try ObjectFilter(request, type))
    if !request.isDryRun {
      for item in items {
        let namespace = item[path: "metadata", "namespace"]?.stringValue ?? ""
        delete(type.key(namespace, item[path: "metadata", "name"]?.stringValue ?? ""))
      }
    }
    let view = ObjectView(type, version: route.groupVersion.version, representation: .whole)
    return APIResponse.Reply(document: view.list(items, revision: objects.revision, in: self))
  }

  private mutating func orphanDependents(of object: JSONValue) {
    guard let uid = object[path: "metadata", "uid"]?.stringValue else { return }
    for dependent in objects.dependents(of: uid) {
      objects.update(dependent) { object in
        let references = object[path: "metadata", "ownerReferences"]?.arrayValue ?? []
        let left = references.filter { $0["uid"]?.stringValue != uid }
        object[path: "metadata", "ownerReferences"] = left.isEmpty ? nil : .array(left)
      }
    }
  }

  private static func deleted(_ object: JSONValue, _ type: ResourceType) -> JSONValue {
    var details: JSONValue = ["kind": .string(type.id.resource)]
    details["name"] = object[path: "metadata", "name"]
    details["uid"] = object[path: "metadata", "uid"]
    if !type.id.group.isEmpty { details["group"] = .string(type.id.group) }
    return ["kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success", "details": details]
  }
}
