import ZeroTouchModel

extension StructuralSchema {
  /// What breaks the schema's rules, every problem at once.
  func problems(of value: JSONValue, at path: String) -> [APIFailure.Cause] {
    if value.isNull { return [] }
    var causes = typeCauses(value, path) + enumCauses(value, path)
    guard causes.isEmpty else { return causes }
    switch value {
    case .object(let members): causes += objectCauses(members, path)
    case .array(let elements):
      causes += countCauses(elements.count, ("minItems", "maxItems"), path, value, "items")
      if let items = schema["items"] {
        causes += elements.enumerated().flatMap {
          StructuralSchema(items).problems(of: $0.element, at: "\(path)[\($0.offset)]")
        }
      }
    case .string(let text): causes += stringCauses(text, path)
    case .int, .double: causes += numberCauses(value, path)
    default: break
    }
    return causes
  }

  private func objectCauses(_ members: [String: JSONValue], _ path: String) -> [APIFailure.Cause] {
    let required = (schema["required"]?.arrayValue ?? []).compactMap(\.stringValue)
    let missing = required.filter { members[$0] == nil }.map { APIFailure.Cause.required(Self.join(path, $0)) }
    let below = members.sorted { $0.key < $1.key }.flatMap { name, member -> [APIFailure.Cause] in
      if path.isEmpty, ["metadata", "apiVersion", "kind"].contains(name) { return [] }
      let inner = schema[path: "properties", name] ?? schema["additionalProperties"]
      guard let inner, inner.objectValue != nil else { return [] }
      return StructuralSchema(inner).problems(of: member, at: Self.join(path, name))
    }
    return missing + below
  }

  private func typeCauses(_ value: JSONValue, _ path: String) -> [APIFailure.Cause] {
    guard let type = schema["type"]?.stringValue, !(schema["x-kubernetes-int-or-string"]?.boolValue ?? false) else {
      return []
    }
    let actual = Self.typeName(value)
    if actual == type || type == "number" && actual == "integer" { return [] }
    return [
      .init(
        field: path.isEmpty ? "<nil>" : path,
        message:
          "Invalid value: \"\(actual)\": \(path) in body must be of type \(type): \"\(actual)\"",
        reason: "FieldValueTypeInvalid")
    ]
  }

  private func enumCauses(_ value: JSONValue, _ path: String) -> [APIFailure.Cause] {
    guard let allowed = schema["enum"]?.arrayValue, !allowed.contains(value) else { return [] }
    let list = allowed.map { $0.text() }.joined(separator: ", ")
    return [
      .init(
        field: path, message: "Unsupported value: \(value.text()): supported values: \(list)",
        reason: "FieldValueNotSupported")
    ]
  }

  private func stringCauses(_ text: String, _ path: String) -> [APIFailure.Cause] {
    var causes = countCauses(text.unicodeScalars.count, ("minLength", "maxLength"), path, .string(text), "chars long")
    if let pattern = schema["pattern"]?.stringValue, let regex = try? Regex(pattern), text.firstMatch(of: regex) == nil
    {
      causes.append(.invalid(path, .string(text), "\(path) in body should match '\(pattern)'"))
    }
    return causes
  }

  private func numberCauses(_ value: JSONValue, _ path: String) -> [APIFailure.Cause] {
    guard let number = Self.number(value) else { return [] }
    var causes: [APIFailure.Cause] = []
    if let least = schema["minimum"].flatMap(Self.number), number < least {
      causes.append(
        .invalid(path, value, "\(path) in body should be greater than or equal to \(schema["minimum"]?.text() ?? "")"))
    }
    if let most = schema["maximum"].flatMap(Self.number), number > most {
      causes.append(
        .invalid(path, value, "\(path) in body should be less than or equal to \(schema["maximum"]?.text() ?? "")"))
    }
    return causes
  }

  private func countCauses(
    _ count: Int, _ names: (least: String, most: String), _ path: String, _ value: JSONValue, _ unit: String
  ) -> [APIFailure.Cause] {
    if let least = schema[names.least]?.intValue, count < least {
      return [.invalid(path, value, "\(path) in body should be at least \(least) \(unit)")]
    }
    if let most = schema[names.most]?.intValue, count > most {
      return [
        .init(field: path, message: "Too long: may not be more than \(most) \(unit)", reason: "FieldValueTooLong")
      ]
    }
    return []
  }

  /// Fills in what the schema gives defaults for.
  func defaulted(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(var members):
      for (name, property) in schema["properties"]?.objectValue ?? [:] {
        if members[name] == nil, let initial = property["default"] { members[name] = initial }
        if let member = members[name] { members[name] = StructuralSchema(property).defaulted(member) }
      }
      if let extra = schema["additionalProperties"], extra.objectValue != nil {
        let declared = schema["properties"]?.objectValue ?? [:]
        for (name, member) in members where declared[name] == nil {
          members[name] = StructuralSchema(extra).defaulted(member)
        }
      }
      return .object(members)
    case .array(let elements):
      guard let items = schema["items"] else { return value }
      return .array(elements.map(StructuralSchema(items).defaulted))
    default: return value
    }
  }

  private static func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  private static func number(_ value: JSONValue) -> Double? {
    switch value {
    case .int(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }

  private static func typeName(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool: "boolean"
    case .int: "integer"
    case .double(let number): Int64(exactly: number) == nil ? "number" : "integer"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}
