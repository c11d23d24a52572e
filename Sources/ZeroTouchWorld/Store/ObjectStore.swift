package import ZeroTouchModel

/// What happened to an object, and when in the order of revisions.
package struct ObjectChange: Sendable {
  package enum Kind: String, Sendable {
    case added = "ADDED"
    case modified = "MODIFIED"
    case deleted = "DELETED"
  }

  package let revision: UInt64
  package let kind: Kind
  package let key: ObjectKey
  package let object: JSONValue
  /// The object before a modification; watches with selectors need it.
  package let previous: JSONValue?
}

/// Every object of the cluster with its revisions: etcd, as far as the API needs it.
package struct ObjectStore: Sendable {
  /// The newest revision; every change takes the next.
  package private(set) var revision: UInt64 = 1000
  /// Keys that changed since the controllers last looked.
  package private(set) var unsettled: Set<ObjectKey> = []
  private var objects: [GroupResource: [ObjectKey: JSONValue]] = [:]
  private var changes: [ObjectChange] = []
  private var identities: UInt64 = 0
  /// How many changes a watch may lag behind before it has to list again.
  private static let remembered = 20_000

  package init() {}

  package subscript(key: ObjectKey) -> JSONValue? { objects[key.resource]?[key] }

  /// The objects of one resource in the order of their keys; all namespaces when none is named.
  package func list(_ resource: GroupResource, namespace: String? = nil) -> [(key: ObjectKey, object: JSONValue)] {
    (objects[resource] ?? [:])
      .filter { namespace == nil || $0.key.namespace == namespace }
      .sorted { $0.key < $1.key }
      .map { (key: $0.key, object: $0.value) }
  }

  package func count(_ resource: GroupResource) -> Int { objects[resource]?.count ?? 0 }

  package var resources: [GroupResource] { objects.keys.sorted() }

  /// Stores a new object and gives it its uid, creation time, revision and generation.
  package mutating func insert(_ object: JSONValue, at key: ObjectKey, timestamp: String) {
    var stored = object
    identities += 1
    stored[path: "metadata", "name"] = .string(key.name)
    if !key.namespace.isEmpty { stored[path: "metadata", "namespace"] = .string(key.namespace) }
    stored[path: "metadata", "uid"] = .string(Self.uid(identities))
    stored[path: "metadata", "creationTimestamp"] = .string(timestamp)
    if stored[path: "metadata", "generation"] == nil { stored[path: "metadata", "generation"] = 1 }
    commit(stored, .added, at: key)
  }

  /// Replaces an object; storing what is there already changes nothing.
  package mutating func replace(_ object: JSONValue, at key: ObjectKey) {
    guard let current = self[key], current != object else { return }
    commit(object, .modified, at: key)
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

  /// The changes after a revision in order, or nil when some are forgotten already (410 Gone).
  package func changes(after revision: UInt64) -> ArraySlice<ObjectChange>? {
    guard revision < self.revision else { return [] }
    guard let first = changes.first, first.revision <= revision + 1 else { return nil }
    return changes[Int(revision + 1 - first.revision)...]
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
    objects[key.resource, default: [:]][key] = kind == .deleted ? nil : stored
    changes.append(ObjectChange(revision: revision, kind: kind, key: key, object: stored, previous: previous))
    if changes.count > Self.remembered * 2 { changes.removeFirst(Self.remembered) }
    unsettled.insert(key)
  }

  /// A stable identity in the form of a UUID.
  private static func uid(_ number: UInt64) -> String {
    let hex = String(number, radix: 16)
    return "5e7d0000-0000-4000-8000-" + String(repeating: "0", count: 12 - hex.count) + hex
  }
}
