import ZeroTouchModel

/// Which object has which identity, and which objects name it as their owner.
struct OwnershipIndex: Sendable {
  private var keys: [String: ObjectKey] = [:]
  private var owned: [String: Set<ObjectKey>] = [:]

  func key(_ uid: String) -> ObjectKey? { keys[uid] }

  func dependents(of uid: String) -> [ObjectKey] { (owned[uid] ?? []).sorted() }

  /// Takes a change in; says which other objects it concerns.
  mutating func record(_ key: ObjectKey, previous: JSONValue?, now: JSONValue?) -> Set<ObjectKey> {
    let (before, after) = (Self.owners(of: previous), Self.owners(of: now))
    for owner in before.subtracting(after) {
      owned[owner]?.remove(key)
      if owned[owner]?.isEmpty ?? false { owned[owner] = nil }
    }
    for owner in after.subtracting(before) { owned[owner, default: []].insert(key) }
    if let uid = now?[path: "metadata", "uid"]?.stringValue {
      keys[uid] = key
      return []
    }
    guard let uid = previous?[path: "metadata", "uid"]?.stringValue else { return [] }
    keys[uid] = nil
    return (owned[uid] ?? []).union(before.compactMap { keys[$0] })
  }

  private static func owners(of object: JSONValue?) -> Set<String> {
    let references = object?[path: "metadata", "ownerReferences"]?.arrayValue ?? []
    return Set(references.compactMap { $0["uid"]?.stringValue })
  }
}
