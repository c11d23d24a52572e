/// A JSON document as a value: what manifests, API objects and tool answers are made of.
///
/// Integers and floating-point numbers stay apart, as Kubernetes keeps them apart.
package enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])
}

extension JSONValue {
  package var stringValue: String? { if case .string(let value) = self { value } else { nil } }
  package var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }
  package var arrayValue: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
  package var objectValue: [String: JSONValue]? { if case .object(let value) = self { value } else { nil } }
  package var isNull: Bool { if case .null = self { true } else { false } }

  /// The integer in this value; a whole floating-point number counts.
  package var intValue: Int? {
    switch self {
    case .int(let value): Int(value)
    case .double(let value): Int(exactly: value)
    default: nil
    }
  }

  /// The strings of a mapping whose values are all strings, as in labels; others are left out.
  package var stringMap: [String: String] { (objectValue ?? [:]).compactMapValues(\.stringValue) }

  /// A member of an object; reading a missing one gives nil, writing nil removes it,
  /// and writing into a value that is no object makes it one.
  package subscript(key: String) -> JSONValue? {
    get { if case .object(let members) = self { members[key] } else { nil } }
    set {
      var members = takeMembers()
      members[key] = newValue
      self = .object(members)
    }
  }

  /// The value behind a path of object keys, such as `spec template metadata`.
  package subscript(path keys: String...) -> JSONValue? {
    get { keys.reduce(Optional(self)) { $0?[$1] } }
    set { write(newValue, at: keys[...]) }
  }

  private mutating func write(_ value: JSONValue?, at keys: ArraySlice<String>) {
    guard let first = keys.first else {
      self = value ?? .null
      return
    }
    if keys.count == 1 {
      self[first] = value
      return
    }
    var members = takeMembers()
    members[first, default: .object([:])].write(value, at: keys.dropFirst())
    self = .object(members)
  }

  /// The members, taken out: they are then referenced once, so that a write does not copy them.
  private mutating func takeMembers() -> [String: JSONValue] {
    guard case .object(let members) = self else { return [:] }
    self = .null
    return members
  }
}

// No nil literal: `condition ? nil : value` would then mean `.null` where a member is to be removed.
extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int64) { self = .int(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
  }
  package init(_ strings: [String: String]) { self = .object(strings.mapValues(JSONValue.string)) }
  package init(_ value: Int) { self = .int(Int64(value)) }
}
