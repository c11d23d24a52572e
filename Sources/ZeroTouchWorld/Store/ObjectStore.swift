package import ZeroTouchModel

/// Every object of the cluster with its revisions: etcd, as far as the API needs it.
package struct ObjectStore: Sendable {
  /// The newest revision; every change takes the next.
  package private(set) var revision: UInt64 = 1000
  /// Keys that changed since the controllers last looked.
  package private(set) var unsettled: Set<ObjectKey> = []
  private var objects: [GroupResource: ObjectShelf] = [:]
  private var changes: [ObjectChange] = []
  private var identities: UInt64 = 0
  private var ownership = OwnershipIndex()
  /// How many changes a watch may lag behind before it has to list again.
  private static let remembered = 4_000

  package init() {}

  package subscript(key: ObjectKey) -> JSONValue? { objects[key.resource]?[key] }

  /// The objects of one resource in the order of their keys; all namespaces when none is named.
  package func list(_ resource: GroupResource, namespace: String? = nil) -> [(key: ObjectKey, object: JSONValue)] {
    objects[resource]?.list(namespace: namespace) ?? []
  }

  /// The objects of one resource as they were at a revision; nil when that is forgotten.
  func list(
    _ resource: GroupResource, namespace: String?, at revision: UInt64
  ) -> [(key: ObjectKey, object: JSONValue)]? {
    guard let changes = changes(after: revision) else { return nil }
    var result = Dictionary(uniqueKeysWithValues: list(resource, namespace: namespace).map { ($0.key, $0.object) })
    for change in changes.reversed()
    where change.key.resource == resource && (namespace == nil || change.key.namespace == namespace) {
      result[change.key] = change.previous
    }
    return result.sorted { $0.key < $1.key }.map { (key: $0.key, object: $0.value) }
  }

  package func count(_ resource: GroupResource) -> Int { objects[resource]?.count ?? 0 }

  package var resources: [GroupResource] { objects.keys.sorted() }

  /// Where the object with an identity is.
  package func key(uid: String) -> ObjectKey? { ownership.key(uid) }

  /// The objects that name an identity as their owner.
  package func dependents(of uid: String) -> [ObjectKey] { ownership.dependents(of: uid) }

  /// Stores a new object and gives it its uid, creation time, revision and generation.
  package mutating func insert(_ object: JSONValue, at key: ObjectKey, timestamp: String) {
    identities += 1
    commit(Self.stamped(object, key, Self.uid(identities), timestamp), .added, at: key)
  }

  /// The object as ``insert(_:at:timestamp:)`` would store it, without storing it.
  func preview(_ object: JSONValue, at key: ObjectKey, timestamp: String) -> JSONValue {
    Self.stamped(object, key, Self.uid(identities + 1), timestamp)
  }

  /// Replaces an object; storing what is there already changes nothing.
  package mutating func replace(_ object: JSONValue, at key: ObjectKey) {
    guard let current = self[key] else { return }
    var wanted = object
    wanted[path: "metadata", "resourceVersion"] = current[path: "metadata", "resourceVersion"]
    guard current != wanted else { return }
    commit(wanted, .modified, at: key)
  }

  /// Changes an object in place, if it exists.
  package mutating func update(_ key: ObjectKey, _ change: (inout JSONValue) -> Void) {
    guard var object = self[key] else { return }
    change(&object)
    replace(object, at: key)
  }

  package mutating func remove(_ key: ObjectKey) {
    guard let object = self[key] else { return }
    commit(object, .deleted, at: key)
  }

  /// The oldest revision a watch may still start after.
  var oldestRevision: UInt64 { changes.first.map { $0.revision - 1 } ?? revision }

  /// The changes after a revision in order, or nil when some are forgotten already (410 Gone).
  package func changes(after revision: UInt64) -> ArraySlice<ObjectChange>? {
    guard revision < self.revision else { return [] }
    guard let first = changes.first, first.revision <= revision + 1 else { return nil }
    return changes[(changes.startIndex + Int(revision + 1 - first.revision))...]
  }

  /// Hands out what changed since the last call, for the controllers.
  package mutating func takeUnsettled() -> Set<ObjectKey> {
    defer { unsettled = [] }
    return unsettled
  }

  /// Marks an object as to be looked at again.
  package mutating func touch(_ key: ObjectKey) { unsettled.insert(key) }

  private mutating func commit(_ object: JSONValue, _ kind: ObjectChange.Kind, at key: ObjectKey) {
    let previous = self[key]
    revision += 1
    var stored = object
    stored[path: "metadata", "resourceVersion"] = .string(String(revision))
    objects[key.resource, default: ObjectShelf()][key] = kind == .deleted ? nil : stored
    changes.append(ObjectChange(revision: revision, kind: kind, key: key, object: stored, previous: previous))
    if changes.count > Self.remembered * 2 { changes.removeFirst(Self.remembered) }
    unsettled.insert(key)
    // Who depends on something that went, or is waited for by its owner, is looked at too.
    unsettled.formUnion(ownership.record(key, previous: previous, now: kind == .deleted ? nil : stored))
  }

  private static func stamped(_ object: JSONValue, _ key: ObjectKey, _ uid: String, _ timestamp: String) -> JSONValue {
    var stored = object
    stored[path: "metadata", "name"] = .string(key.name)
    if !key.namespace.isEmpty { stored[path: "metadata", "namespace"] = .string(key.namespace) }
    stored[path: "metadata", "uid"] = .string(uid)
    stored[path: "metadata", "creationTimestamp"] = .string(timestamp)
    if stored[path: "metadata", "generation"] == nil, key.resource.countsGenerations {
      stored[path: "metadata", "generation"] = 1
    }
    return stored
  }

  /// A stable identity in the form of a UUID.
  private static func uid(_ number: UInt64) -> String {
    let hex = String(number, radix: 16)
    return "5e7d0000-0000-4000-8000-" + String(repeating: "0", count: 12 - hex.count) + hex
  }
}

extension GroupResource {
  /// Whether objects of the resource carry `metadata.generation`; much of the core group does not.
  var countsGenerations: Bool {
    !group.isEmpty && group != "rbac.authorization.k8s.io" && group != "coordination.k8s.io"
      || ["pods", "replicationcontrollers"].contains(resource) && group.isEmpty
  }
}
