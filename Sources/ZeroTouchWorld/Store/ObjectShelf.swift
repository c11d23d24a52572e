import ZeroTouchModel

/// The objects of one resource, in the order of their keys: they are listed far more often than they come and go.
struct ObjectShelf: Sendable {
  private var objects: [ObjectKey: JSONValue] = [:]
  /// In order.
  private var keys: [ObjectKey] = []

  var count: Int { keys.count }

  subscript(key: ObjectKey) -> JSONValue? {
    get { objects[key] }
    set {
      switch (objects[key], newValue) {
      case (nil, _?): keys.insert(key, at: place(of: key))
      case (_?, nil): keys.remove(at: place(of: key))
      case (_?, _?), (nil, nil): break
      }
      objects[key] = newValue
    }
  }

  /// Those of a namespace, or of every one, in order.
  func list(namespace: String?) -> [(key: ObjectKey, object: JSONValue)] {
    guard let namespace else { return keys.compactMap(entry) }
    let start = place { $0.namespace < namespace }
    return keys[start...].lazy.prefix { $0.namespace == namespace }.compactMap(entry)
  }

  private func entry(_ key: ObjectKey) -> (key: ObjectKey, object: JSONValue)? {
    objects[key].map { (key: key, object: $0) }
  }

  private func place(of key: ObjectKey) -> Int { place { $0 < key } }

  /// The place of the first key that does not come before.
  private func place(where comesBefore: (ObjectKey) -> Bool) -> Int {
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      if comesBefore(keys[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
