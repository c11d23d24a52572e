import ZeroTouchModel

/// A path into a document by keys, indices and `[]`, as JSON pointers and simple jq expressions write it.
struct IgnoredPath: Sendable, Hashable {
  enum Step: Sendable, Hashable {
    case key(String)
    case index(Int)
    case every
    /// `[] | select(.key == "value")`.
    case matching(key: String, value: String)
  }

  let steps: [Step]

  init(steps: [Step]) { self.steps = steps }

  init(pointer: String) {
    steps = pointer.split(separator: "/").map { part in
      let text = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
      return Int(text).map(Step.index) ?? .key(text)
    }
  }

  /// The document without what the path names.
  func removed(from value: JSONValue) -> JSONValue { Self.remove(steps[...], from: value) }

  /// The target with what the path names taken over from the live document.
  func carried(from live: JSONValue, into target: JSONValue) -> JSONValue {
    Self.carry(steps[...], from: live, into: target)
  }

  private static func remove(_ steps: ArraySlice<Step>, from value: JSONValue) -> JSONValue {
    guard let first = steps.first else { return value }
    let rest = steps.dropFirst()
    switch first {
    case .key(let key):
      guard let child = value[key] else { return value }
      var changed = value
      changed[key] = rest.isEmpty ? nil : remove(rest, from: child)
      return changed
    case .index(let index):
      if let elements = value.arrayValue {
        return elements.indices.contains(index) ? replaced(elements, rest) { $0 == index ? true : false } : value
      }
      return remove([.key(String(index))] + rest, from: value)
    case .every:
      return value.arrayValue.map { replaced($0, rest) { _ in true } } ?? value
    case .matching(let key, let wanted):
      guard let elements = value.arrayValue else { return value }
      return replaced(elements, rest) { elements[$0][key]?.stringValue == wanted }
    }
  }

  private static func replaced(
    _ elements: [JSONValue], _ rest: ArraySlice<Step>, where isMeant: (Int) -> Bool
  ) -> JSONValue {
    .array(
      elements.indices.compactMap { index in
        guard isMeant(index) else { return elements[index] }
        return rest.isEmpty ? nil : remove(rest, from: elements[index])
      })
  }

  private static func carry(_ steps: ArraySlice<Step>, from live: JSONValue, into target: JSONValue) -> JSONValue {
    guard let first = steps.first else { return live }
    let rest = steps.dropFirst()
    switch first {
    case .key(let key):
      guard let there = live[key] else { return target }
      var changed = target
      changed[key] = rest.isEmpty ? there : carry(rest, from: there, into: target[key] ?? [:])
      return changed
    case .index, .every, .matching:
      guard let old = live.arrayValue, let new = target.arrayValue, old.count == new.count else { return target }
      return .array(
        zip(old, new).enumerated().map { index, pair in
          switch first {
          case .index(let wanted) where wanted != index: pair.1
          case .matching(let key, let value) where pair.1[key]?.stringValue != value: pair.1
          default: carry(rest, from: pair.0, into: pair.1)
          }
        })
    }
  }
}
