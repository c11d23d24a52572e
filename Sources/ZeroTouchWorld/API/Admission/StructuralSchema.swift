import ZeroTouchModel

/// The OpenAPI schema of a custom resource: prunes, defaults and validates objects.
struct StructuralSchema {
  let schema: JSONValue

  init(_ schema: JSONValue) { self.schema = schema }

  private var keepsUnknown: Bool { schema["x-kubernetes-preserve-unknown-fields"]?.boolValue ?? false }
  private var properties: [String: JSONValue] { schema["properties"]?.objectValue ?? [:] }

  /// The object without members the schema does not know; `unknown` learns their paths.
  func pruned(_ object: JSONValue, unknown: inout [String]) -> JSONValue {
    guard case .object(var members) = object else { return object }
    for (name, value) in members where !["apiVersion", "kind", "metadata"].contains(name) {
      members[name] = prune(value, name, at: name, &unknown)
    }
    return .object(members)
  }

  /// A part of an object in the same way.
  func pruned(_ part: JSONValue, at path: String, unknown: inout [String]) -> JSONValue {
    inner(part, at: path, &unknown)
  }

  private func prune(_ value: JSONValue, _ name: String, at path: String, _ unknown: inout [String]) -> JSONValue? {
    if let property = properties[name] { return Self(property).inner(value, at: path, &unknown) }
    if let extra = schema["additionalProperties"] {
      return extra.objectValue == nil ? value : Self(extra).inner(value, at: path, &unknown)
    }
    if keepsUnknown { return value }
    unknown.append(path)
    return nil
  }

  private func inner(_ value: JSONValue, at path: String, _ unknown: inout [String]) -> JSONValue {
    switch value {
    case .object(let members):
      if schema["x-kubernetes-embedded-resource"]?.boolValue ?? false, keepsUnknown { return value }
      var result: [String: JSONValue] = [:]
      for (name, member) in members { result[name] = prune(member, name, at: "\(path).\(name)", &unknown) }
      return .object(result)
    case .array(let elements):
      guard let items = schema["items"] else { return value }
      var result: [JSONValue] = []
      for (index, element) in elements.enumerated() {
        result.append(Self(items).inner(element, at: "\(path)[\(index)]", &unknown))
      }
      return .array(result)
    default: return value
    }
  }

  /// The first thing in a manifest that does not fit its type, in the words of server-side apply.
  func typeProblem(of manifest: JSONValue) -> String? {
    for (name, value) in (manifest.objectValue ?? [:]).sorted(by: { $0.key < $1.key }) {
      if ["apiVersion", "kind", "metadata"].contains(name) { continue }
      if let problem = memberProblem(name, value, at: "." + name) { return problem }
    }
    return nil
  }

  private func memberProblem(_ name: String, _ value: JSONValue, at path: String) -> String? {
    if let property = properties[name] { return Self(property).typeProblem(value, at: path) }
    if let extra = schema["additionalProperties"] {
      return extra.objectValue == nil ? nil : Self(extra).typeProblem(value, at: path)
    }
    return keepsUnknown ? nil : "\(path): field not declared in schema"
  }

  private func typeProblem(_ value: JSONValue, at path: String) -> String? {
    if schema["x-kubernetes-int-or-string"]?.boolValue ?? false || schema["type"] == nil { return nil }
    switch (schema["type"]?.stringValue ?? "", value) {
    case ("object", .object(let members)):
      return members.sorted { $0.key < $1.key }.lazy
        .compactMap { memberProblem($0.key, $0.value, at: "\(path).\($0.key)") }.first
    case ("array", .array(let elements)):
      if let repetition = repetition(in: elements, at: path) { return repetition }
      guard let items = schema["items"] else { return nil }
      return elements.enumerated().lazy
        .compactMap { Self(items).typeProblem($0.element, at: "\(path)[\($0.offset)]") }.first
    case ("string", .string), ("boolean", .bool), ("integer", .int), ("number", .int), ("number", .double): return nil
    case ("integer", .double(let number)) where Int64(exactly: number) != nil: return nil
    case ("object", _): return "\(path): expected map, got &\(Self.described(value))"
    case ("array", _): return "\(path): expected list, got &\(Self.described(value))"
    case (let type, _):
      let names = ["integer": "numeric", "number": "numeric"]
      return "\(path): expected \(names[type] ?? type), got &\(Self.described(value))"
    }
  }

  /// A value as Go prints it.
  private static func described(_ value: JSONValue) -> String {
    func go(_ value: JSONValue) -> String {
      switch value {
      case .string(let text): text
      case .object(let members):
        "map[" + members.sorted { $0.key < $1.key }.map { "\($0.key):\(go($0.value))" }.joined(separator: " ") + "]"
      case .array(let elements): "[" + elements.map(go).joined(separator: " ") + "]"
      case .null: "<nil>"
      default: value.text()
      }
    }
    return "value.valueUnstructured{Value:\(value.stringValue.map { JSONValue.string($0).text() } ?? go(value))}"
  }
}
