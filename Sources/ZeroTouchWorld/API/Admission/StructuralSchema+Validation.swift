import ZeroTouchManifests
import ZeroTouchModel

extension StructuralSchema {
  /// What breaks the schema's rules, every problem at once.
  func problems(of value: JSONValue, at path: String) -> [APIFailure.Cause] {
    if value.isNull { return [] }
    var causes = typeCauses(value, path) + enumCauses(value, path)
    guard causes.isEmpty else { return causes }
    switch value {
    case .object(let members):
      causes += objectCauses(members, path) + countCauses(members.count, "Properties", "properties", path)
    case .array(let elements):
      causes += countCauses(elements.count, "Items", "items", path) + repetitionCauses(elements, path)
      if let items = schema["items"] {
        causes += elements.enumerated().flatMap {
          StructuralSchema(items).problems(of: $0.element, at: "\(path)[\($0.offset)]")
        }
      }
    case .string(let text): causes += stringCauses(text, path)
    case .int, .double: causes += numberCauses(value, path)
    default: break
    }
    return causes + alternativeCauses(value, path)
  }

  /// The forms of which a value must have one, some or none.
  private func alternativeCauses(_ value: JSONValue, _ path: String) -> [APIFailure.Cause] {
    if schema["x-kubernetes-int-or-string"]?.boolValue ?? false { return [] }
    func fitting(_ word: String) -> (all: Int, fits: Int)? {
      guard let forms = schema[word]?.arrayValue else { return nil }
      return (forms.count, forms.filter { Self($0).problems(of: value, at: path).isEmpty }.count)
    }
    let name = "\"\(path)\""
    var rules: [String] = []
    if let forms = fitting("anyOf"), forms.fits == 0 {
      rules.append("\(name) must validate at least one schema (anyOf)")
    }
    if let forms = fitting("oneOf"), forms.fits != 1 {
      let found = forms.fits == 0 ? "Found none valid" : "Found \(forms.fits) valid alternatives"
      rules.append("\(name) must validate one and only one schema (oneOf). \(found)")
    }
    if let forms = fitting("allOf"), forms.fits != forms.all {
      rules.append("\(name) must validate all the schemas (allOf)")
    }
    if let form = schema["not"], Self(form).problems(of: value, at: path).isEmpty {
      rules.append("\(name) must not validate the schema (not)")
    }
    return rules.map { .invalid(path, .string(""), $0) }
  }

  /// Elements of a set, or of a list with keys, that stand there twice.
  private func repetitionCauses(_ elements: [JSONValue], _ path: String) -> [APIFailure.Cause] {
    var seen: Set<JSONValue> = []
    return elements.enumerated().compactMap { index, element in
      guard let identity = identity(of: element), !seen.insert(identity).inserted else { return nil }
      return .init(
        field: "\(path)[\(index)]", message: "Duplicate value: \(identity.text())", reason: "FieldValueDuplicate")
    }
  }

  /// What tells an element from the others of its list; nil in lists that may repeat themselves.
  private func identity(of element: JSONValue) -> JSONValue? {
    switch schema["x-kubernetes-list-type"]?.stringValue {
    case "set": return element
    case "map":
      let keys = (schema["x-kubernetes-list-map-keys"]?.arrayValue ?? []).compactMap(\.stringValue)
      return .members(Dictionary(uniqueKeysWithValues: keys.map { ($0, element[$0]) }))
    default: return nil
    }
  }

  /// The first element that stands there twice, in the words of server-side apply.
  func repetition(in elements: [JSONValue], at path: String) -> String? {
    var seen: Set<JSONValue> = []
    for element in elements {
      guard let identity = identity(of: element), !seen.insert(identity).inserted else { continue }
      let keys = (identity.objectValue ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.text())" }
      let what = schema["x-kubernetes-list-type"] == "map" ? "[\(keys.joined(separator: ","))]" : identity.text()
      return "\(path): duplicate entries for key \(what)"
    }
    return nil
  }

  private func objectCauses(_ members: [String: JSONValue], _ path: String) -> [APIFailure.Cause] {
    let required = (schema["required"]?.arrayValue ?? []).compactMap(\.stringValue)
    let missing = required.filter { members[$0] == nil }.map { APIFailure.Cause.required(Self.join(path, $0)) }
    let below = members.sorted { $0.key < $1.key }.flatMap { name, member -> [APIFailure.Cause] in
      if path.isEmpty, name == "metadata" { return nameCauses(member) }
      if path.isEmpty, ["apiVersion", "kind"].contains(name) { return [] }
      let inner = schema[path: "properties", name] ?? schema["additionalProperties"]
      guard let inner, inner.objectValue != nil else { return [] }
      return StructuralSchema(inner).problems(of: member, at: Self.join(path, name))
    }
    return missing + below
  }

  /// Of `metadata` a definition may only restrict the names.
  private func nameCauses(_ metadata: JSONValue) -> [APIFailure.Cause] {
    ["generateName", "name"].flatMap { field -> [APIFailure.Cause] in
      guard let rules = schema[path: "properties", "metadata", "properties", field], let name = metadata[field] else {
        return []
      }
      return Self(rules).problems(of: name, at: "metadata.\(field)")
    }
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
    let count = text.unicodeScalars.count
    var causes: [APIFailure.Cause] = []
    if let least = schema["minLength"]?.intValue, count < least {
      causes.append(.invalid(path, .string(text), "\(path) in body should be at least \(least) chars long"))
    }
    if let most = schema["maxLength"]?.intValue, count > most {
      causes.append(
        .init(field: path, message: "Too long: may not be more than \(most) bytes", reason: "FieldValueTooLong"))
    }
    // A pattern that cannot be read here is not held against anybody.
    if let pattern = schema["pattern"]?.stringValue, let search = try? SearchPattern(pattern), !search.matches(text) {
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

  private func countCauses(_ count: Int, _ limit: String, _ unit: String, _ path: String) -> [APIFailure.Cause] {
    if let least = schema["min\(limit)"]?.intValue, count < least {
      return [.invalid(path, JSONValue(count), "\(path) in body should have at least \(least) \(unit)")]
    }
    if let most = schema["max\(limit)"]?.intValue, count > most {
      return [
        .init(field: path, message: "Too many: \(count): must have at most \(most) items", reason: "FieldValueTooMany")
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

  static func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  private static func number(_ value: JSONValue) -> Double? {
    switch value {
    case .int(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }

  static func typeName(_ value: JSONValue) -> String {
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
