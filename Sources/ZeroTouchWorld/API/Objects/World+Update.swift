import ZeroTouchModel

extension World {
  /// Replaces an object by the one a client sent.
  mutating func update(
    _ request: APIRequest, _ write: inout ObjectWrite
  ) throws(APIFailure) -> (object: JSONValue, created: Bool) {
    let body = try object(in: request, for: &write)
    try checkNamespace(of: body, write)
    if let named = body[path: "metadata", "name"]?.stringValue, named != write.key.name {
      throw .badRequest("the name of the object (\(named)) does not match the name on the URL (\(write.key.name))")
    }
    guard let current = objects[write.key] else {
      guard write.type.id == GroupResource("leases", "coordination.k8s.io") else {
        throw .notFound(write.type.id, write.key.name)
      }
      return (try create(body, &write), true)
    }
    return (try change(current, to: body, write), false)
  }

  /// Writes a changed object over the current one and keeps book of who changed what.
  mutating func change(
    _ current: JSONValue, to wanted: JSONValue, _ write: ObjectWrite
  ) throws(APIFailure) -> JSONValue {
    var object = try admitChange(current, wanted, write)
    var managed = ManagedFields(of: wanted[path: "metadata", "managedFields"] == nil ? current : wanted)
    let (old, new) = (current.ownable, object.ownable)
    let changed = old == new ? FieldSet() : FieldSet(changedFrom: old, to: new, write.shape)
    if old != new {
      let lost = FieldSet(of: old, write.shape).subtracting(FieldSet(of: new, write.shape))
      managed.take(changed.union(lost), exceptFrom: write.owner)
      let own = managed[write.owner].subtracting(lost).union(changed)
      managed.set(own, of: write.owner, apiVersion: write.apiVersion, time: timestamp)
    }
    managed.write(into: &object)
    return try store(object, over: current, write)
  }

  /// Checks what may change and takes from the current object what may not.
  func admitChange(
    _ current: JSONValue, _ wanted: JSONValue, _ write: ObjectWrite
  ) throws(APIFailure) -> JSONValue {
    try checkPreconditions(wanted["metadata"] ?? [:], current, write.key)
    var object = wanted
    if write.subresource == "status" {
      object = current
      object["status"] = wanted["status"]
      for name in ["labels", "annotations"] where !write.type.isCustom {
        object[path: "metadata", name] = wanted[path: "metadata", name]
      }
    } else if write.type.hasStatus {
      object["status"] = current["status"]
    }
    for name in [
      "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "name",
      "namespace", "resourceVersion", "generateName",
    ] {
      object[path: "metadata", name] = current[path: "metadata", name]
    }
    Defaults.carry(from: current, to: &object, write.type)
    Defaults.apply(to: &object, write.type, version: write.version, in: self)
    return object
  }

  /// Stores a changed object: generation, finalizers that ended, and nothing at all when nothing changed.
  mutating func store(
    _ wanted: JSONValue, over current: JSONValue, _ write: ObjectWrite
  ) throws(APIFailure) -> JSONValue {
    var object = wanted
    object["apiVersion"] = .string(write.type.apiVersion)
    object["kind"] = .string(write.type.kind)
    object[path: "metadata", "resourceVersion"] = current[path: "metadata", "resourceVersion"]
    if write.type.id.countsGenerations, write.type.intent(of: object) != write.type.intent(of: current) {
      let generation = current[path: "metadata", "generation"]?.intValue ?? 1
      object[path: "metadata", "generation"] = JSONValue(generation + 1)
    }
    try ObjectRules(write.type, write.version).check(object, old: current)
    if write.subresource.isEmpty, let refusal = webhookRefusal(of: write.type.id, operation: "UPDATE") { throw refusal }
    if write.isDryRun { return object }
    let isGoing = object[path: "metadata", "deletionTimestamp"] != nil
    if isGoing, object.finalizers.isEmpty, write.key.resource != .namespaces {
      objects.replace(object, at: write.key)
      let last = objects[write.key] ?? object
      objects.remove(write.key)
      return last
    }
    objects.replace(object, at: write.key)
    return try read(write.key)
  }

  /// Holds the identity and revision a client expects against the current ones.
  func checkPreconditions(_ metadata: JSONValue, _ current: JSONValue, _ key: ObjectKey) throws(APIFailure) {
    let now = current["metadata"] ?? [:]
    if let uid = metadata["uid"]?.stringValue, !uid.isEmpty, uid != now["uid"]?.stringValue {
      throw .conflict(
        key.resource, key.name,
        "Precondition failed: UID in precondition: \(uid), UID in object meta: \(now["uid"]?.stringValue ?? "")")
    }
    let revision = metadata["resourceVersion"]?.stringValue ?? ""
    if !revision.isEmpty, revision != "0", revision != now["resourceVersion"]?.stringValue {
      throw .conflict(key.resource, key.name)
    }
  }
}

extension ResourceType {
  /// What counts for `metadata.generation`: everything a user asks for, nothing that is observed.
  func intent(of object: JSONValue) -> JSONValue {
    var intent = object
    intent["metadata"] = nil
    intent["apiVersion"] = nil
    if hasStatus || !isCustom { intent["status"] = nil }
    return intent
  }
}

extension JSONValue {
  /// What still holds the object when it is deleted.
  var finalizers: [String] { (self[path: "metadata", "finalizers"]?.arrayValue ?? []).compactMap(\.stringValue) }
}
