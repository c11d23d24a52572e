import Testing
import ZeroTouchModel

@Suite struct JSONValueTests {
  @Test(arguments: [
    #"{"a":[1,2.5,true,false,null,"x"],"b":{}}"#, "[]", #""""#, "-9223372036854775808", #""\u0001\\\"/""#,
    "\"größe 漢字 😀\"",
  ])
  func `a document reads back as it was written`(text: String) throws {
    let value = try JSONValue(parsing: text)
    #expect(try JSONValue(parsing: value.text()) == value)
    #expect(try JSONValue(parsing: value.text(.indented)) == value)
  }

  @Test func `keys are sorted, so the same value makes the same bytes`() throws {
    let value = try JSONValue(parsing: #"{"b":1,"a":{"d":2,"c":[]}}"#)
    #expect(value.text() == #"{"a":{"c":[],"d":2},"b":1}"#)
    #expect(value.text(.indented) == "{\n  \"a\": {\n    \"c\": [],\n    \"d\": 2\n  },\n  \"b\": 1\n}")
  }

  @Test func `integers, floats and booleans stay what they are`() throws {
    #expect(try JSONValue(parsing: "[1, 1.5, true, 1e2]") == [1, .double(1.5), true, .double(100)])
    #expect(try JSONValue(parsing: #""\ud83d\ude00\n""#) == "😀\n")
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\" 1}", "tru", "01", "1.", "\"a", "\"\u{1}\"", "[1] 2", "{\"a\":1,}", "nan", "+1", "\"\\x\"",
    "-", "-01", "1.e3", "1e", "1e999", ".5", "\"\\ud8\"",
  ])
  func `what is no JSON is an error, never a crash`(text: String) {
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
  }

  @Test func `half a surrogate pair is replaced, never a crash`() throws {
    #expect(try JSONValue(parsing: #""\ud800\u0041""#) == "\u{FFFD}A")
    #expect(try JSONValue(parsing: #""\ud800x\udc00""#) == "\u{FFFD}x\u{FFFD}")
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: #""\u+041""#) }
  }

  @Test func `nesting is bounded`() {
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: String(repeating: "[", count: 100_000)) }
  }

  @Test func `paths read and write inside objects`() {
    var value: JSONValue = ["spec": ["replicas": 1]]
    value[path: "spec", "template", "name"] = "x"
    value[path: "spec", "replicas"] = nil
    #expect(value == ["spec": ["template": ["name": "x"]]])
    #expect(value[path: "spec", "nowhere", "name"] == nil)
  }
}
