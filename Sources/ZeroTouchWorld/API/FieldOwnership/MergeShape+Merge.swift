import ZeroTouchModel

extension MergeShape {
  /// The live value with what was applied written over it.
  func merge(_ live: JSONValue, with applied: JSONValue) -> JSONValue {
    switch (live, applied) {
    case (.object(var members), .object(let changes)) where !isAtomicObject:
      for (name, change) in changes {
        members[name] = members[name].map { field(name).merge($0, with: change) } ?? change
      }
      return .object(members)
    case (.array(let elements), .array(let changes)) where list != .atomic:
      return .array(merge(elements, with: changes))
    default: return applied
    }
  }

  private func merge(_ elements: [JSONValue], with changes: [JSONValue]) -> [JSONValue] {
    var places: [PathElement: Int] = [:]
    for (index, element) in elements.enumerated() { if let step = step(to: element) { places[step] = index } }
    var result = elements
    for change in changes {
      guard let step = step(to: change) else { continue }
      if let index = places[step] {
        result[index] = element.merge(result[index], with: change)
      } else {
        places[step] = result.count
        result.append(change)
      }
    }
    // Where nothing foreign remains, the applier's order counts.
    let order = changes.compactMap { step(to: $0) }
    guard Set(order).count == result.count else { return result }
    return order.compactMap { places[$0].map { result[$0] } }
  }

  /// The value without the members of a set; nil when nothing is left of a container that lost something.
  ///
  /// What lost something and in which nobody keeps anything goes as a whole, with the defaults that nobody owns.
  func remove(_ fields: FieldSet, from value: JSONValue, keeping kept: FieldSet) -> JSONValue? {
    if fields.isMember, fields.children.isEmpty { return nil }
    switch value {
    case .object(var members):
      for case (.field(let name), let child) in fields.children {
        guard let member = members[name] else { continue }
        let below = kept[.field(name)]
        members[name] = below.isEmpty ? nil : field(name).remove(child, from: member, keeping: below)
      }
      return members.isEmpty ? nil : .object(members)
    case .array(let elements):
      let left = elements.compactMap { remaining($0, fields, kept) }
      return left.isEmpty ? nil : .array(left)
    default: return value
    }
  }

  /// An element of a list without what it lost; nil when the element itself goes.
  private func remaining(_ value: JSONValue, _ fields: FieldSet, _ kept: FieldSet) -> JSONValue? {
    guard let step = step(to: value), let lost = fields.children[step] else { return value }
    if lost.isMember { return nil }
    return element.remove(lost, from: value, keeping: kept[step])
  }
}

extension JSONValue {
  /// The value without members that are null, as typed objects lose them.
  var withoutNulls: JSONValue {
    switch self {
    case .object(let members): .object(members.filter { !$0.value.isNull }.mapValues(\.withoutNulls))
    case .array(let elements): .array(elements.map(\.withoutNulls))
    default: self
    }
  }
}
