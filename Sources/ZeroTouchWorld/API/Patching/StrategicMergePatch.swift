import ZeroTouchModel

/// Kubernetes' own merge patch: lists of built-in kinds merge by the key of their elements.
struct StrategicMergePatch {
  let kind: String

  func apply(_ patch: JSONValue, to object: JSONValue) throws(APIFailure) -> JSONValue {
    guard patch.objectValue != nil else {
      throw .badRequest(
        "error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}")
    }
    return merge(object, patch, name: "", parent: "")
  }

  private func merge(_ target: JSONValue, _ patch: JSONValue, name: String, parent: String) -> JSONValue {
    guard case .object(var changes) = patch else { return patch }
    if let directive = changes.removeValue(forKey: "$patch")?.stringValue {
      return directive == "delete" ? [:] : .object(changes)
    }
    var members = target.objectValue ?? [:]
    if let kept = changes.removeValue(forKey: "$retainKeys")?.arrayValue {
      let names = Set(kept.compactMap(\.stringValue))
      members = members.filter { names.contains($0.key) }
    }
    for (field, change) in changes.sorted(by: { $0.key < $1.key }) where !field.hasPrefix("$") {
      members[field] = change.isNull ? nil : merged(members[field], change, changes, name: field, parent: name)
    }
    for (field, change) in changes where field.hasPrefix("$deleteFromPrimitiveList/") {
      let list = String(field.dropFirst("$deleteFromPrimitiveList/".count))
      let gone = change.arrayValue ?? []
      members[list] = .array((members[list]?.arrayValue ?? []).filter { !gone.contains($0) })
    }
    return .object(members)
  }

  private func merged(
    _ current: JSONValue?, _ change: JSONValue, _ siblings: [String: JSONValue], name: String, parent: String
  ) -> JSONValue {
    if change.objectValue != nil {
      return merge(current ?? [:], change, name: name, parent: parent)
    }
    guard let elements = change.arrayValue else { return change }
    let order = siblings["$setElementOrder/" + name]?.arrayValue
    switch BuiltInShapes.patchKey(name, in: parent, of: kind) {
    case .atomic: return .array(elements)
    case .set:
      let old = current?.arrayValue ?? []
      return .array(old + elements.filter { !old.contains($0) })
    case .map(let keys):
      let result = merge(current?.arrayValue ?? [], elements, key: keys.first ?? "name", name: name)
      return .array(Self.sorted(result, by: order, key: keys.first ?? "name"))
    }
  }

  private func merge(_ old: [JSONValue], _ changes: [JSONValue], key: String, name: String) -> [JSONValue] {
    if changes.contains(["$patch": "replace"]) { return changes.filter { $0 != ["$patch": "replace"] } }
    var result = old
    for change in changes {
      let index = result.firstIndex { $0[key] == change[key] }
      if change["$patch"] == "delete" {
        if let index { result.remove(at: index) }
      } else if let index {
        result[index] = merge(result[index], change, name: name, parent: name)
      } else {
        result.append(merge([:], change, name: name, parent: name))
      }
    }
    return result
  }

  /// The elements in the order a client asks for; others keep their places behind.
  private static func sorted(_ elements: [JSONValue], by order: [JSONValue]?, key: String) -> [JSONValue] {
    guard let order else { return elements }
    let places = order.map { $0[key] ?? $0 }
    func place(_ element: JSONValue) -> Int { places.firstIndex { $0 == element[key] } ?? places.count }
    return elements.enumerated()
      .sorted { (place($0.element), $0.offset) < (place($1.element), $1.offset) }
      .map(\.element)
  }
}
