import ZeroTouchModel

extension World {
  /// Creates the object a client sent; `write.key` learns its name.
  mutating func create(_ body: JSONValue, _ write: inout ObjectWrite) throws(APIFailure) -> JSONValue {
    var object = body
    try settleIdentity(&object, &write)
    try admitCreation(write)
    guard objects[write.key] == nil else {
      throw .alreadyExists(write.type.id, write.key.name)
    }
    prepareForCreation(&object, write)
    var managed = ManagedFields(of: nil)
    let fields = FieldSet(of: object.ownable, write.shape)
    managed.set(fields, of: write.owner, apiVersion: write.apiVersion, time: timestamp)
    managed.write(into: &object)
    return try insert(object, write)
  }

  /// Stores a new object whose fields have their owners already.
  mutating func insert(_ object: JSONValue, _ write: ObjectWrite) throws(APIFailure) -> JSONValue {
    try ObjectRules(write.type, write.version).check(object, old: nil)
    if let refusal = webhookRefusal(of: write.type.id, operation: "CREATE") { throw refusal }
    try admitPod(object, write)
    if let refusal = quotaRefusal(of: object, write.type.id, in: write.key.namespace) {
      throw .forbidden(write.type.id, write.key.name, refusal)
    }
    var stored = object
    stored["apiVersion"] = .string(write.type.apiVersion)
    stored["kind"] = .string(write.type.kind)
    for name in ["resourceVersion", "uid", "creationTimestamp", "deletionTimestamp", "generation", "selfLink"] {
      stored[path: "metadata", name] = nil
    }
    if write.isDryRun { return objects.preview(stored, at: write.key, timestamp: timestamp) }
    objects.insert(stored, at: write.key, timestamp: timestamp)
    return try read(write.key)
  }

  /// Gives a new object what the server adds: no status of its own, and defaults.
  func prepareForCreation(_ object: inout JSONValue, _ write: ObjectWrite) {
    if write.type.hasStatus, write.type.id != .nodes, write.type.id != .persistentVolumes { object["status"] = nil }
    Defaults.apply(to: &object, write.type, version: write.version, in: self)
    guard write.type.id == .pods, var spec = object["spec"] else { return }
    applyLimitRanges(to: &spec, in: write.key.namespace)
    object["spec"] = spec
  }

  /// Takes name and namespace from the path and the body, which must agree.
  private func settleIdentity(_ object: inout JSONValue, _ write: inout ObjectWrite) throws(APIFailure) {
    try checkNamespace(of: object, write)
    var name = object[path: "metadata", "name"]?.stringValue ?? ""
    let prefix = object[path: "metadata", "generateName"]?.stringValue ?? ""
    if name.isEmpty, !prefix.isEmpty { name = prefix + NameSuffix.text(objects.revision) }
    if write.type.isNamespaced, write.key.namespace.isEmpty { throw .methodNotAllowed }
    write.key = write.type.key(write.key.namespace, name)
    object[path: "metadata", "name"] = .string(name)
    // Of a kind without namespaces the server forgets the one that is named.
    object[path: "metadata", "namespace"] = write.type.isNamespaced ? .string(write.key.namespace) : nil
  }

  /// Refuses a body whose namespace is not the path's.
  func checkNamespace(of object: JSONValue, _ write: ObjectWrite) throws(APIFailure) {
    guard let named = object[path: "metadata", "namespace"]?.stringValue, !named.isEmpty, write.type.isNamespaced,
      named != write.key.namespace
    else { return }
    throw .badRequest(
      "the namespace of the provided object does not match the namespace sent on the request")
  }

  /// Refuses creation where the namespace is missing or going.
  func admitCreation(_ write: ObjectWrite) throws(APIFailure) {
    guard write.type.isNamespaced else { return }
    let namespace = write.key.namespace
    guard let object = objects[ObjectKey(.namespaces, namespace)] else {
      throw .notFound(.namespaces, namespace)
    }
    guard object[path: "metadata", "deletionTimestamp"] == nil else {
      throw .forbidden(
        write.type.id, write.key.name,
        "unable to create new content in namespace \(namespace) because it is being terminated")
    }
  }
}

/// The end of a generated name: five characters that follow from a number.
package enum NameSuffix {
  private static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")

  package static func text(_ number: UInt64) -> String {
    var hash = number &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 29
    return String(
      (0..<5).map { _ in
        defer { hash /= UInt64(alphabet.count) }
        return alphabet[Int(hash % UInt64(alphabet.count))]
      })
  }
}
