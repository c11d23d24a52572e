import Foundation
import ZeroTouchModel

/// As much of JSON Schema as Talos's own schema of the machine configuration uses.
struct JSONSchemaCheck {
  private let schema: JSONValue

  init(contentsOfFile path: String) throws {
    schema = try JSONValue(parsing: try Data(contentsOf: URL(filePath: path)))
  }

  /// What is wrong with a value, each with its path.
  func problems(of value: JSONValue) -> [String] { problems(of: value, schema, "$") }

  private func problems(of value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
    var problems: [String] = []
    if let reference = schema["$ref"]?.stringValue {
      problems += self.problems(of: value, definition(reference), path)
    }
    if let choices = schema["oneOf"]?.arrayValue {
      let answers = choices.map { self.problems(of: value, $0, path) }
      let fitting = answers.count(where: \.isEmpty)
      if fitting != 1 {
        let nearest = answers.min { $0.count < $1.count } ?? []
        problems.append("\(path): fits \(fitting) of the alternatives; \(nearest.joined(separator: "; "))")
      }
    }
    if let choices = schema["anyOf"]?.arrayValue,
      !choices.contains(where: { self.problems(of: value, $0, path).isEmpty })
    {
      problems.append("\(path): fits none of the alternatives")
    }
    if let values = schema["enum"]?.arrayValue, !values.contains(value) { problems.append("\(path): not in the list") }
    if let constant = schema["const"], constant != value { problems.append("\(path): not \(constant.text())") }
    if let type = schema["type"]?.stringValue, !Self.isOf(type, value) { problems.append("\(path): no \(type)") }
    if let pattern = schema["pattern"]?.stringValue, let text = value.stringValue,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      problems.append("\(path): `\(text)` does not fit \(pattern)")
    }
    for (index, element) in (value.arrayValue ?? []).enumerated() {
      guard let items = schema["items"] else { break }
      problems += self.problems(of: element, items, "\(path)[\(index)]")
    }
    return problems + memberProblems(of: value, schema, path)
  }

  private func memberProblems(of value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
    guard let members = value.objectValue else { return [] }
    let properties = schema["properties"]?.objectValue ?? [:]
    let patterns = schema["patternProperties"]?.objectValue ?? [:]
    var problems = (schema["required"]?.arrayValue ?? []).compactMap(\.stringValue).filter { members[$0] == nil }
      .map { "\(path): `\($0)` is missing" }
    for (key, member) in members.sorted(by: { $0.key < $1.key }) {
      if let property = properties[key] {
        problems += self.problems(of: member, property, "\(path).\(key)")
      } else if let own = patterns.first(where: { key.range(of: $0.key, options: .regularExpression) != nil })?.value {
        problems += self.problems(of: member, own, "\(path).\(key)")
      } else if schema["additionalProperties"] == false {
        problems.append("\(path): unknown key `\(key)`")
      } else if let rest = schema["additionalProperties"], rest.objectValue != nil {
        problems += self.problems(of: member, rest, "\(path).\(key)")
      }
    }
    return problems
  }

  private func definition(_ reference: String) -> JSONValue {
    reference.split(separator: "/").dropFirst().reduce(Optional(schema)) { $0?[String($1)] } ?? [:]
  }

  private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
    switch (type, value) {
    case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool), ("null", .null),
      ("integer", .int), ("number", .int), ("number", .double):
      true
    default: false
    }
  }
}
