import ZeroTouchModel

extension PlatformAPI {
  /// The JSON Schema of claims, for editors.
  package func jsonSchema() -> String {
    let definition = definition
    var schema = Self.closed(definition.claimSchema.json)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = .string(definition.claimKind)
    schema["required"] = ["apiVersion", "kind", "metadata", "spec"]
    schema[path: "properties", "apiVersion"] = ["const": .string(definition.apiVersion)]
    schema[path: "properties", "kind"] = ["const": .string(definition.claimKind)]
    schema[path: "properties", "status"] = ["type": "object"]
    schema[path: "properties", "metadata"] = [
      "type": "object", "required": ["name"],
      "properties": [
        "name": [
          "type": "string", "pattern": .string(ClaimName.pattern), "maxLength": JSONValue(definition.longestName),
        ],
        "namespace": ["type": "string"],
      ],
    ]
    return schema.text(.indented) + "\n"
  }

  /// A schema in which unknown fields are wrong, and the API server's own words are told as comments.
  private static func closed(_ schema: JSONValue) -> JSONValue {
    guard var members = schema.objectValue else { return schema }
    if let properties = members["properties"]?.objectValue {
      members["properties"] = .object(properties.mapValues(closed))
      let isOpen = members["x-kubernetes-preserve-unknown-fields"]?.boolValue ?? false
      if members["additionalProperties"] == nil, !isOpen { members["additionalProperties"] = false }
    }
    for key in ["items", "additionalProperties"] {
      if let inner = members[key] { members[key] = closed(inner) }
    }
    let rules = (members["x-kubernetes-validations"]?.arrayValue ?? []).compactMap { rule in
      rule["message"]?.stringValue.map { "\(rule["fieldPath"]?.stringValue?.dropFirst() ?? "this") \($0)" }
    }
    if !rules.isEmpty { members["$comment"] = .string(rules.joined(separator: ". ")) }
    for key in members.keys where key.hasPrefix("x-kubernetes-") { members[key] = nil }
    return .object(members)
  }
}
