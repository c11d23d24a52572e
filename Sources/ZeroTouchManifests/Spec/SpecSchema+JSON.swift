import ZeroTouchModel

extension SpecSchema {
  /// Where the committed schema lies in the repository.
  package static let committedPath = "docs/zerotouch.schema.json"

  /// The definition as JSON Schema 2020-12; the same text every time.
  package static func jsonSchema() -> String {
    var schema = schema(of: .object(document), in: "zerotouch.yaml")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$id"] = "https://zerotouch.dev/v1alpha1/cluster.schema.json"
    schema["title"] = "zerotouch.yaml"
    return schema.text(.indented) + "\n"
  }

  private static func schema(of type: SpecType, in name: String) -> JSONValue {
    switch type {
    case .object(let fields): object(fields)
    case .list(let element): ["type": "array", "items": schema(of: element, in: name)]
    case .map(let keys, let value):
      [
        "type": ["object", "null"], "additionalProperties": false,
        "properties": .object(
          Dictionary(
            uniqueKeysWithValues: keys.filter { $0.notYet == nil }.map { ($0.value, schema(of: value, in: $0.value)) })),
      ]
    case .pairs(let key, let value):
      [
        "type": ["object", "null"], "propertyNames": schema(of: .text(key), in: name),
        "additionalProperties": schema(of: .text(value), in: name),
      ]
    case .integer(let range):
      ["type": "integer", "minimum": JSONValue(range.lowerBound), "maximum": JSONValue(range.upperBound)]
    case .boolean: ["type": "boolean"]
    case .choice(let choices):
      ["type": "string", "enum": .array(choices.filter { $0.notYet == nil }.map { .string($0.value) })]
    case .text(let format): ["type": "string", "pattern": .string(format.pattern)]
    }
  }

  private static func object(_ fields: [SpecField]) -> JSONValue {
    let usable = fields.filter { $0.notYet == nil }
    let required = usable.filter { $0.demand == .required }.map { JSONValue.string($0.key) }
    var schema: JSONValue = [
      "type": required.isEmpty ? ["object", "null"] : "object", "additionalProperties": false,
      "properties": .object(Dictionary(uniqueKeysWithValues: usable.map { ($0.key, property($0)) })),
    ]
    if !required.isEmpty { schema["required"] = .array(required) }
    let conditional = usable.filter { $0.demand == .ofMachines }.map { JSONValue.string($0.key) }
    guard !conditional.isEmpty else { return schema }
    let others = ClusterSpec.Provider.allCases.filter { !$0.ownsMachines }.map { JSONValue.string($0.rawValue) }
    schema["if"] = ["properties": ["provider": ["enum": .array(others)]], "required": ["provider"]]
    schema["then"] = [
      "properties": .object(
        Dictionary(uniqueKeysWithValues: usable.filter(\.isAboutMachines).map { ($0.key, false) }))
    ]
    schema["else"] = ["required": .array(conditional)]
    return schema
  }

  private static func property(_ field: SpecField) -> JSONValue {
    var property = schema(of: field.type, in: field.key)
    property["description"] = .string(field.summary)
    property["default"] = field.standard
    if let example = field.example { property["examples"] = [example] }
    return property
  }
}
