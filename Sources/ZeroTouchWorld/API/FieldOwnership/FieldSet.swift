import ZeroTouchModel

/// A step on the way to a field, as `managedFields` names it.
enum PathElement: Hashable, Sendable {
  case field(String)
  /// The element of a list that has these values.
  case key([String: JSONValue])
  /// The element of a set.
  case value(JSONValue)

  /// The step inside `fieldsV1`: `f:spec`, `k:{"name":"a"}`, `v:"x"`.
  var encoded: String {
    switch self {
    case .field(let name): "f:" + name
    case .key(let values): "k:" + JSONValue.object(values).text()
    case .value(let value): "v:" + value.text()
    }
  }

  init?(encoded text: String) {
    let rest = text.dropFirst(2)
    switch text.prefix(2) {
    case "f:": self = .field(String(rest))
    case "k:":
      guard let values = (try? JSONValue(parsing: String(rest)))?.objectValue else { return nil }
      self = .key(values)
    case "v:":
      guard let value = try? JSONValue(parsing: String(rest)) else { return nil }
      self = .value(value)
    default: return nil
    }
  }

  /// The step in messages: `.spec`, `[name="a"]`, `["x"]`.
  var description: String {
    switch self {
    case .field(let name): "." + name
    case .key(let values):
      "[" + values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.text())" }.joined(separator: ",") + "]"
    case .value(let value): "[=\(value.text())]"
    }
  }
}

/// A set of fields of an object, as a tree.
struct FieldSet: Hashable, Sendable {
  /// Whether the place itself belongs to the set, not only things below it.
  var isMember = false
  var children: [PathElement: FieldSet] = [:]

  var isEmpty: Bool { !isMember && children.isEmpty }

  /// Adds what stands below a step; nothing when that is empty.
  subscript(element: PathElement) -> FieldSet {
    get { children[element] ?? FieldSet() }
    set { children[element] = newValue.isEmpty ? nil : newValue }
  }

  func union(_ other: FieldSet) -> FieldSet {
    var result = self
    result.isMember = isMember || other.isMember
    for (element, child) in other.children { result[element] = result[element].union(child) }
    return result
  }

  func subtracting(_ other: FieldSet) -> FieldSet {
    var result = self
    if other.isMember { result.isMember = false }
    for (element, child) in other.children where children[element] != nil {
      result[element] = result[element].subtracting(child)
    }
    return result
  }

  func intersection(_ other: FieldSet) -> FieldSet {
    var result = FieldSet(isMember: isMember && other.isMember)
    for (element, child) in children { result[element] = child.intersection(other[element]) }
    return result
  }

  /// Every member as a path, in the order of their texts.
  var paths: [[PathElement]] {
    let below = children.sorted { $0.key.encoded < $1.key.encoded }
      .flatMap { element, child in child.paths.map { [element] + $0 } }
    return (isMember ? [[]] : []) + below
  }

  /// The set without one path.
  mutating func remove(_ path: ArraySlice<PathElement>) {
    guard let first = path.first else {
      isMember = false
      return
    }
    var child = self[first]
    child.remove(path.dropFirst())
    self[first] = child
  }
}

extension FieldSet {
  /// The set as `fieldsV1` of an entry of `managedFields`.
  var fieldsV1: JSONValue {
    // A leaf is written as `{}`; only a place with something below it says `.` for itself.
    var members: [String: JSONValue] = [:]
    if isMember, !children.isEmpty { members["."] = [:] }
    for (element, child) in children { members[element.encoded] = child.fieldsV1 }
    return .object(members)
  }

  init(fieldsV1: JSONValue) {
    let members = fieldsV1.objectValue ?? [:]
    isMember = members.isEmpty || members["."] != nil
    for (text, child) in members {
      guard let element = PathElement(encoded: text) else { continue }
      children[element] = FieldSet(fieldsV1: child)
    }
  }
}
