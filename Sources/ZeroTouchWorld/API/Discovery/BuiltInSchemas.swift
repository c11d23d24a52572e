import ZeroTouchModel

/// Schemas of built-in kinds for `kubectl explain`: the fields people look up, in our own words.
///
/// They describe and never refuse: a field that is missing here is still accepted.
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
    guard let fields = SchemaTable.types[kind] else {
      return ["description": .string("\(kind) is a built-in kind."), "x-kubernetes-preserve-unknown-fields": true]
    }
    return schema(fields, into: &schemas)
  }

  /// Adds the schema of metadata that all kinds share.
  static func addMetadata(to schemas: inout [String: JSONValue]) { add(metadata, to: &schemas) }

  private static func schema(_ type: SchemaTable.Fields, into schemas: inout [String: JSONValue]) -> JSONValue {
    var properties: [String: JSONValue] = [:]
    for field in type.fields {
      properties[field.name] = property(field.description, field.type)
      add(field.type.filter { $0 != "[" && $0 != "]" }, to: &schemas)
    }
    return ["type": "object", "description": .string(type.description), "properties": .object(properties)]
  }

  private static func add(_ name: String, to schemas: inout [String: JSONValue]) {
    guard schemas[prefix + name] == nil, let type = SchemaTable.types[name] else { return }
    // In place before its fields, so that types may refer to themselves.
    schemas[prefix + name] = [:]
    schemas[prefix + name] = schema(type, into: &schemas)
  }

  private static func property(_ description: String, _ type: String) -> JSONValue {
    var schema = self.type(type)
    schema["description"] = .string(description)
    return schema
  }

  /// `string`, `[]Container`, `map` of strings, or the name of a type of the table.
  private static func type(_ name: String) -> JSONValue {
    if name.hasPrefix("[]") { return ["type": "array", "items": type(String(name.dropFirst(2)))] }
    switch name {
    case "string", "integer", "boolean", "object": return ["type": .string(name)]
    case "map": return ["type": "object", "additionalProperties": ["type": "string", "default": ""]]
    case "intOrString": return ["format": "int-or-string", "oneOf": [["type": "integer"], ["type": "string"]]]
    default: return ["default": [:], "allOf": [["$ref": .string("#/components/schemas/\(prefix)\(name)")]]]
    }
  }
}
