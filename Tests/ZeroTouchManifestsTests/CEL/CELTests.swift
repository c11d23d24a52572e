import Testing
import ZeroTouchManifests
import ZeroTouchModel

private let object: JSONValue = [
  "name": "db", "count": 3, "ratio": .double(2.5), "tags": ["a", "b"], "nested": ["on": true], "namespace": "team",
  "a-b": 1,
  "none": [],
]

private func answer(_ expression: String) throws(CELError) -> JSONValue {
  try CELEvaluator(["self": object]).evaluate(CELExpression(parsing: expression))
}

@Test(arguments: [
  "self.count == 3", "self.count < 4 && self.count >= 3", "self.ratio > 2", "self.count == 3.0", "-self.count == -3",
  "has(self.name)", "!has(self.missing)", "has(self.nested.on) && self.nested.on", "size(self.tags) == 2",
  "self.tags.size() == 2", "'a' in self.tags", "!('c' in self.tags)", "'name' in self", "self.tags[1] == 'b'",
  "self['name'] == \"db\"", "self.name.startsWith('d') && self.name.endsWith('b') && self.name.contains('')",
  "self.name.matches('^d.$')", "!self.name.matches('^d$')", "self.tags.all(t, t.size() == 1)",
  "self.tags.exists(t, t == 'b')", "self.tags.exists_one(t, t == 'b')", "self.tags.filter(t, t != 'a') == ['b']",
  "self.tags.map(t, t + '!') == ['a!', 'b!']", "(self.count > 5 ? 'many' : 'few') == 'few'", "1 + 2 * 3 == 7",
  "(1 + 2) * 3 == 9", "7 / 2 == 3 && 7 % 2 == 1", "self.__namespace__ == 'team'", "self.a__dash__b == 1",
  "'A'.lowerAscii() == 'a'", "self.none.all(x, false)", "{'k': 1}['k'] == 1", "string(3) == '3' && int('4') == 4",
  "self.missing == 1 || true", "true || self.missing == 1", "!(false && self.missing)", "r'\\d' == '\\\\d'",
  "self.name < 'e'", "null == null", "'a,b'.split(',') == self.tags", "self.tags.join('+') == 'a+b'",
])
func `an expression is true`(expression: String) throws {
  #expect(try answer(expression) == true)
}

@Test(arguments: [
  ("self.missing == 1", "no such key: missing"), ("self.tags[2] == 'c'", "index out of bounds: 2"),
  ("1 / 0 == 1", "division by zero"), ("self.name > 1", "no such overload of `>`"),
  ("9223372036854775807 + 1 > 0", "integer overflow"), ("false || self.missing == 1", "no such key: missing"),
  ("other == 1", "undeclared reference to `other`"),
])
func `an expression that fails says why`(expression: String, reason: String) {
  #expect(throws: CELError.failed(reason)) { try answer(expression) }
}

@Test(arguments: [
  "duration('1s') == duration('1s')", "self.?name == 1", "b'x' == b'x'", "self.tags.sortBy(t, t)", "1u == 1",
  "self.tags.map(t, true, t)",
])
func `what is not evaluated is named, not taken for true or false`(expression: String) {
  let error = #expect(throws: CELError.self) { try answer(expression) }
  guard case .unsupported = error else {
    Issue.record("\(String(describing: error))")
    return
  }
}

@Test(arguments: ["self.", "1 +", "has(self)", "(1", "'open", "1 2", "self & 1"])
func `what is no expression is refused`(expression: String) {
  let error = #expect(throws: CELError.self) { try CELExpression(parsing: expression) }
  guard case .syntax = error else {
    Issue.record("\(String(describing: error))")
    return
  }
}

@Test func `a rule about a change is recognised by its variable`() throws {
  #expect(try CELExpression(parsing: "self.all(x, x == oldSelf.name)").mentions("oldSelf"))
  #expect(try !CELExpression(parsing: "self.oldSelf == 1").mentions("oldSelf"))
}
