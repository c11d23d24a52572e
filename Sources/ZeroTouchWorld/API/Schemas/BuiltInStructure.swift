import ZeroTouchModel

/// The fields of built-in kinds in the form that custom resources declare theirs, so that one set of rules reads both.
enum BuiltInStructure {
  /// The schema of a kind; nil where the table does not know it.
  static func schema(of kind: String) -> JSONValue? { schemas[kind] }

  /// The schema of the metadata that every object has.
  static let metadata = schemas["ObjectMeta"] ?? [:]

  private static let schemas: [String: JSONValue] = {
    var known: [String: JSONValue] = [:]
    for name in FieldTable.types.keys { _ = schema(name, &known) }
    return known
  }()

  private static func schema(_ name: String, _ known: inout [String: JSONValue]) -> JSONValue {
    if let schema = known[name] { return schema }
    // In place before its fields, so that a type may hold itself.
    known[name] = ["type": "object", "x-kubernetes-preserve-unknown-fields": true]
    var properties: [String: JSONValue] = [:]
    for (field, type) in FieldTable.types[name] ?? [:] { properties[field] = schema(type, &known) }
    let schema: JSONValue = ["type": "object", "properties": .object(properties)]
    known[name] = schema
    return schema
  }

  private static func schema(_ type: FieldType, _ known: inout [String: JSONValue]) -> JSONValue {
    switch type {
    case .text, .bytes, .time: ["type": "string"]
    case .integer: ["type": "integer"]
    case .number: ["type": "number"]
    case .flag: ["type": "boolean"]
    case .quantity, .integerOrText: ["x-kubernetes-int-or-string": true]
    case .any: ["x-kubernetes-preserve-unknown-fields": true]
    case .list(let element): ["type": "array", "items": schema(element, &known)]
    case .map(let element): ["type": "object", "additionalProperties": schema(element, &known)]
    case .type(let name): schema(name, &known)
    }
  }
}
