import Testing
import ZeroTouchManifests
import ZeroTouchModel

/// The problems of a value by a schema, both written as YAML.
private func problems(_ schema: String, _ value: String) throws -> [String] {
  let schema = try ObjectSchema(YAMLDocuments.parse(schema, file: "schema").first ?? [:])
  let value = try YAMLDocuments.parse("v: \(value)", file: "value").first?["v"] ?? .null
  return schema.problems(of: value, at: FieldPath([.field("v")])).map { "\($0.path) \($0.rule)" }
}

@Test(arguments: [
  ("{type: string}", "1", "v must be a string, not a number"),
  ("{type: integer}", "1.5", "v must be an integer, not a number"),
  ("{type: object, properties: {a: {type: string}}}", "{b: x}", "v.b is not a field here"),
  ("{type: object, required: [a]}", "{}", "v.a is required"),
  ("{type: array, items: {type: boolean}}", "[true, 1]", "v[1] must be a boolean, not a number"),
  ("{type: array, x-kubernetes-list-type: set, items: {type: string}}", "[a, a]", "v[1] must not repeat the value of"),
  ("{type: string, pattern: '^a$'}", "\"a\\n\"", "v must match `^a$`"),
  ("{type: string, maxLength: 1}", "ab", "v must have at most 1 characters, not 2"),
  ("{type: integer, maximum: 3}", "4", "v must be at most 3, not 4"),
  ("{type: integer, maximum: 3, exclusiveMaximum: true}", "3", "v must be less than 3, not 3"),
  ("{type: number, minimum: 0, exclusiveMinimum: true}", "0", "v must be more than 0, not 0"),
  ("{type: integer, multipleOf: 7}", "50", "v must be a multiple of 7, not 50"),
  ("{type: string, format: date-time}", "yesterday", "v must be a time as 2026-01-31T23:59:59Z, not `yesterday`"),
  ("{type: string, format: byte}", "'*'", "v must be Base64"),
  ("{type: string, format: hostname}", "a", "v has the format `hostname`, which is not judged here"),
  (
    "{type: object, minProperties: 1, additionalProperties: {type: string}}", "{}",
    "v must have at least 1 fields, not 0"
  ),
  ("{type: object, additionalProperties: {type: string}}", "{a: 1}", "v.a must be a string, not a number"),
  ("{x-kubernetes-int-or-string: true}", "true", "v must be an integer or a string, not a boolean"),
  (
    "{type: object, properties: {a: {}, b: {}}, oneOf: [{required: [a]}, {required: [b]}]}", "{a: 1, b: 1}",
    "v must have exactly one of 2 forms"
  ),
  ("{type: object, properties: {a: {}}, not: {required: [a]}}", "{a: 1}", "v must not have the form"),
  ("{type: integer, x-kubernetes-validations: [{rule: self > 1, message: is too small}]}", "1", "v is too small"),
  (
    "{type: integer, x-kubernetes-validations: [{rule: self > 1, messageExpression: \"string(self) + ' is low'\"}]}",
    "1", "v 1 is low"
  ),
])
func `a value that breaks a rule is named with its path and the rule`(schema: String, value: String, says: String)
  throws
{
  let found = try problems(schema, value)
  #expect(found.count == 1)
  #expect(found.first?.hasPrefix(says) == true, "\(found)")
}

@Test(arguments: [
  ("{type: number}", "1"), ("{type: number, multipleOf: 0.1}", "0.3"), ("{type: integer, format: int64}", "1"),
  ("{type: string, format: date-time}", "'2026-11-21T08:00:00.5+01:00'"),
  ("{type: string, nullable: true}", "null"), ("{type: object, properties: {}}", "{}"),
  ("{type: object, x-kubernetes-preserve-unknown-fields: true}", "{any: thing}"),
  ("{x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}", "50%"),
  ("{type: string, pattern: 'b'}", "abc"),
  (
    """
    {type: object, properties: {a: {type: object, properties: {b: {}, c: {}}}, l: {type: array, items: {type: object,
    properties: {d: {}}}}}, anyOf: [{properties: {a: {required: [b]}, l: {items: {required: [d]}}}}]}
    """, "{a: {b: 1, c: 2}, l: [{d: 1}]}"
  ),
  ("{type: integer, x-kubernetes-validations: [{rule: self == oldSelf}]}", "1"),
])
func `a value that keeps the rules has no problem`(schema: String, value: String) throws {
  #expect(try problems(schema, value).isEmpty)
}

@Test func `a rule that cannot be evaluated is said to be unknown`() throws {
  let schema = ObjectSchema([
    "type": "string", "x-kubernetes-validations": [["rule": "duration(self) > duration('1s')"]],
  ])
  let found = schema.problems(of: "2s")
  #expect(found.map(\.isUnknown) == [true])
  #expect(found.first?.rule.contains("the function `duration`") == true)
}

@Test func `defaults fill what is missing, also inside of defaults`() throws {
  let text =
    "{type: object, properties: {a: {type: object, default: {}, properties: {b: {type: integer, default: 1}}}}}"
  let schema = ObjectSchema(try YAMLDocuments.parse(text, file: "schema")[0])
  #expect(schema.defaulted([:]) == ["a": ["b": 1]])
  #expect(schema.defaulted(["a": ["b": 2]]) == ["a": ["b": 2]])
}
