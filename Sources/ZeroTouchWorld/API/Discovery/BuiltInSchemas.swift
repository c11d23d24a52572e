import ZeroTouchModel

/// Schemas of built-in kinds for `kubectl explain`: every field, and for those that people look up what they are for.
enum BuiltInSchemas {
  private static let prefix = "io.k8s."
  private static let metadata = "ObjectMeta"

  /// What every kind has.
  static let typeProperties: [(String, JSONValue)] = [
    ("apiVersion", ["type": "string", "description": "The group and version of the kind."]),
    ("kind", ["type": "string", "description": "What kind of object this is."]),
    ("metadata", property("Names, labels and book-keeping that every object has.", "ObjectMeta")),
  ]

  /// The schema of a kind; those it refers to are added beside it.
  static func schema(of kind: String, into schemas: inout [String: JSONValue]) -> JSONValue {
    guard FieldTable.types[kind] != nil else {
      return ["description": .string("\(kind) is a built-in kind."), "x-kubernetes-preserve-unknown-fields": true]
    }
    return typeSchema(kind, into: &schemas)
  }

  /// Adds the schema of metadata that all kinds share.
  static func addMetadata(to schemas: inout [String: JSONValue]) { add(metadata, to: &schemas) }

  private static func typeSchema(_ name: String, into schemas: inout [String: JSONValue]) -> JSONValue {
    let texts = SchemaTable.types[SchemaTable.aliases[name] ?? name]
    let descriptions = Dictionary((texts?.fields ?? []).map { ($0.name, $0.description) }) { first, _ in first }
    var properties: [String: JSONValue] = [:]
    for (field, type) in (FieldTable.types[name] ?? [:]).sorted(by: { $0.key < $1.key }) {
      properties[field] = property(descriptions[field] ?? "", type, into: &schemas)
    }
    return ["type": "object", "description": .string(texts?.description ?? ""), "properties": .object(properties)]
  }

  private static func add(_ name: String, to schemas: inout [String: JSONValue]) {
    guard schemas[prefix + name] == nil, FieldTable.types[name] != nil else { return }
    // In place before its fields, so that types may refer to themselves.
    schemas[prefix + name] = [:]
    schemas[prefix + name] = typeSchema(name, into: &schemas)
  }

  private static func property(_ description: String, _ name: String) -> JSONValue {
    var none: [String: JSONValue] = [:]
    return property(description, .type(name), into: &none)
  }

  private static func property(
    _ description: String, _ type: FieldType, into schemas: inout [String: JSONValue]
  ) -> JSONValue {
    var schema = self.schema(type, into: &schemas)
    schema["description"] = .string(description)
    return schema
  }

  private static func schema(_ type: FieldType, into schemas: inout [String: JSONValue]) -> JSONValue {
    switch type {
    case .text, .bytes, .time: return ["type": "string"]
    case .integer: return ["type": "integer"]
    case .number: return ["type": "number"]
    case .flag: return ["type": "boolean"]
    case .any: return ["type": "object"]
    case .quantity: return ["oneOf": [["type": "string"], ["type": "number"]]]
    case .integerOrText: return ["format": "int-or-string", "oneOf": [["type": "integer"], ["type": "string"]]]
    case .list(let element): return ["type": "array", "items": schema(element, into: &schemas)]
    case .map(let element):
      return ["type": "object", "additionalProperties": schema(element, into: &schemas)]
    case .type(let name):
      add(name, to: &schemas)
      return ["default": [:], "allOf": [["$ref": .string("#/components/schemas/\(prefix)\(name)")]]]
    }
  }
}
