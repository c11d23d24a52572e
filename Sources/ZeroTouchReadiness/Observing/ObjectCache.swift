import ZeroTouchTools

/// The objects of one watched resource, put together from lists and events, which may overtake each other.
struct ObjectCache: Sendable {
  private(set) var objects: [String: any ClusterObject] = [:]
  /// When each object was last heard of, in steps of this cache.
  private var heard: [String: Int] = [:]
  private var deleted: [String: Int] = [:]
  private var step = 0

  /// The moment a list is asked for; `replace` needs it to know which events are younger than the list.
  var now: Int { step }

  /// Takes a whole list that was asked for at `start`; what was heard since then is younger and prevails.
  mutating func replace(with list: [any ClusterObject], askedAt start: Int) {
    step += 1
    var listed: Set<String> = []
    for object in list {
      let key = object.key
      listed.insert(key)
      if (deleted[key] ?? -1) < start && (heard[key] ?? -1) < start { put(object, key) }
    }
    for key in objects.keys where !listed.contains(key) && (heard[key] ?? 0) < start { remove(key) }
    deleted = deleted.filter { $0.value >= start }
  }

  mutating func apply(_ change: WatchEvent.Change, _ object: any ClusterObject) {
    step += 1
    switch change {
    case .added, .modified: put(object, object.key)
    case .deleted:
      remove(object.key)
      deleted[object.key] = step
    case .bookmark, .error: break
    }
  }

  private mutating func put(_ object: any ClusterObject, _ key: String) {
    objects[key] = object
    heard[key] = step
    deleted[key] = nil
  }

  private mutating func remove(_ key: String) {
    objects[key] = nil
    heard[key] = nil
  }
}

extension ClusterObject {
  /// Namespace and name; objects without a namespace have an empty one.
  var key: String { "\(metadata.namespace ?? "")/\(metadata.name)" }
}
