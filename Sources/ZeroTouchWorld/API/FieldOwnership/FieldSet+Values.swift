import ZeroTouchModel

extension FieldSet {
  /// Every field of a value: leaves, and the elements of lists that merge by element.
  init(of value: JSONValue, _ shape: MergeShape) {
    switch value {
    case .object(let members) where !shape.isAtomicObject && !members.isEmpty:
      for (name, member) in members { self[.field(name)] = FieldSet(of: member, shape.field(name)) }
    case .array(let elements) where shape.list != .atomic && !elements.isEmpty:
      for element in elements {
        guard let step = shape.step(to: element) else { continue }
        var child = FieldSet()
        if case .key = step { child = FieldSet(of: element, shape.element) }
        child.isMember = true
        self[step] = child
      }
    default: isMember = true
    }
  }

  /// The fields that differ between two values or stand in the new one only.
  init(changedFrom old: JSONValue?, to new: JSONValue, _ shape: MergeShape) {
    self.init()
    guard let old else {
      self = FieldSet(of: new, shape)
      return
    }
    guard old != new else { return }
    switch (old, new) {
    case (.object(let before), .object(let after)) where !shape.isAtomicObject:
      for (name, member) in after {
        self[.field(name)] = FieldSet(changedFrom: before[name], to: member, shape.field(name))
      }
    case (.array(let before), .array(let after)) where shape.list != .atomic:
      let known = Dictionary(before.compactMap { e in shape.step(to: e).map { ($0, e) } }, uniquingKeysWith: { $1 })
      for element in after {
        guard let step = shape.step(to: element) else { continue }
        self[step] = FieldSet(changedFrom: known[step], to: element, shape.element)
      }
    default: self = FieldSet(of: new, shape)
    }
  }

  /// The members of this set at which two values differ.
  func differences(_ left: JSONValue?, _ right: JSONValue?, _ shape: MergeShape) -> FieldSet {
    guard left != right else { return FieldSet() }
    var result = FieldSet()
    if isMember, children.isEmpty { result.isMember = true }
    for (element, child) in children {
      let place: MergeShape
      if case .field(let name) = element { place = shape.field(name) } else { place = shape.element }
      result[element] = child.differences(
        element.find(in: left, shape), element.find(in: right, shape), place)
    }
    return result
  }
}

extension PathElement {
  /// What stands behind the step.
  func find(in value: JSONValue?, _ shape: MergeShape) -> JSONValue? {
    switch self {
    case .field(let name): value?[name]
    case .key, .value: value?.arrayValue?.first { shape.step(to: $0) == self }
    }
  }
}
