import Testing
import ZeroTouchModel

@testable import ZeroTouchWorld

/// Rules of schemas beyond types: CEL, alternatives, lists without repetitions.
struct SchemaRuleTests {
  private func problems(_ schema: JSONValue, _ value: JSONValue, old: JSONValue? = nil) -> [String] {
    let whole: JSONValue = ["type": "object", "properties": ["spec": schema]]
    return StructuralSchema(whole).allProblems(of: ["spec": value], old: old.map { ["spec": $0] })
      .map { "\($0.field): \($0.message)" }
  }

  private func rule(_ members: [String: JSONValue]) -> JSONValue {
    [
      "type": "object", "x-kubernetes-validations": [.object(members)],
      "properties": ["a": ["type": "integer"], "b": ["type": "integer"]],
    ]
  }

  @Test func `a rule that is broken is told by its message, at the field that it blames`() {
    let plain = rule(["rule": "self.a < self.b"])
    #expect(problems(plain, ["a": 2, "b": 1]) == [#"spec: Invalid value: "object": failed rule: self.a < self.b"#])
    #expect(problems(plain, ["a": 1, "b": 2]) == [])
    let told = rule(["rule": "self.a < self.b", "message": "too big", "fieldPath": ".a"])
    #expect(problems(told, ["a": 2, "b": 1]) == [#"spec.a: Invalid value: "object": too big"#])
    let forbidden = rule(["rule": "!has(self.b)", "message": "not here", "reason": "FieldValueForbidden"])
    #expect(problems(forbidden, ["b": 1]) == ["spec: Forbidden: not here"])
  }

  @Test func `a rule about a change looks at updates only`() {
    let fixed = rule(["rule": "self.a == oldSelf.a", "message": "a stays"])
    #expect(problems(fixed, ["a": 2]) == [])
    #expect(problems(fixed, ["a": 2], old: ["a": 1]) == [#"spec: Invalid value: "object": a stays"#])
    #expect(problems(fixed, ["a": 1, "b": 3], old: ["a": 1]) == [])
  }

  @Test func `a rule that cannot be evaluated here is not held against anybody`() {
    #expect(problems(rule(["rule": "ip(self.a).isGlobal()"]), ["a": 1]) == [])
  }

  @Test(
    arguments: [
      (["maxItems": 1], #"Too many: 2: must have at most 1 items"#),
      (["minItems": 3], "Invalid value: 2: spec in body should have at least 3 items"),
      (["x-kubernetes-list-type": "set"], nil),
      (["x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"]], #"Duplicate value: {"name":"x"}"#),
    ] as [(JSONValue, String?)])
  func `lists are held to their counts and kinds`(limits: JSONValue, told: String?) {
    var schema = limits
    schema["type"] = "array"
    schema["items"] = ["type": "object", "x-kubernetes-preserve-unknown-fields": true]
    let found = problems(schema, [["name": "x", "n": 1], ["name": "x", "n": 2]])
    #expect(found.count == (told == nil ? 0 : 1))
    if let told { #expect(found.first?.hasSuffix(told) == true, "\(found)") }
  }

  @Test func `one form of several is wanted, or none`() {
    let schema: JSONValue = [
      "type": "object", "x-kubernetes-preserve-unknown-fields": true,
      "oneOf": [["required": ["a"]], ["required": ["b"]]], "not": ["required": ["c"]],
    ]
    #expect(problems(schema, ["a": 1]) == [])
    #expect(problems(schema, [:]).first?.contains("one and only one schema (oneOf). Found none valid") == true)
    #expect(problems(schema, ["a": 1, "c": 1]).first?.contains("must not validate the schema (not)") == true)
  }
}
