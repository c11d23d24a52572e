import Testing
import ZeroTouchManifests
import ZeroTouchModel

/// Strings that some reader of YAML takes for something else.
private let awkward = [
  "", " ", "a ", " a", "yes", "No", "y", "off", "~", "null", "1", "0x1f", "014", "1e3", ".5", "+1", "-", "- a", "a: b",
  "a #b", "#", "*a", "&a", "!a", "%a", "@a", "`a", "'a'", "\"a\"", "{a}", "[a]", "a,b", "?", "? a", ":", "a:", "---",
  "...",
  "2001-01-01", "1:30", "a\tb", "\t", "a\\b", "a\nb", "a\n", "\na", "a\n\n", "a\n b\n", " a\nb\n", "\n", "a\r\nb",
  "a\u{7}b",
  "a\u{7F}b", "a\u{85}b", "a\u{2028}b\n", "a\u{FEFF}b", "größe 漢字 😀", "=", "<<", "0b1", "1_000", "!!str", "|", ">",
  "a \nb\n",
  "\u{E000}*", "key: |\n  x\n", "#!/bin/sh\nset -e\n\n\techo \"$1\"\n", "\u{A0}", "a\n  \n", "1.0", ".inf", "NaN",
]

@Suite struct YAMLRoundTripTests {
  private func roundTrip(_ value: JSONValue) throws -> [JSONValue] {
    try YAMLDocuments.parse(YAMLWriter.text(of: value), file: "a.yaml")
  }

  @Test(arguments: awkward)
  func `a string reads back as itself, as value, key and element`(text: String) throws {
    let value: JSONValue = [
      "value": .string(text), "deep": ["er": ["list": [.string(text), [.string(text)], ["k": .string(text)]]]],
      "keys": .object([text: .string(text)]),
    ]
    #expect(try roundTrip(value) == [value])
  }

  @Test func `numbers, booleans and empty containers read back`() throws {
    let value: JSONValue = [
      "a": 1, "b": .double(1.5), "c": true, "d": .null, "e": [], "f": [:], "g": [[], [:], [[1]]], "h": .double(1e21),
      "i": -9_223_372_036_854_775_808,
    ]
    #expect(try roundTrip(value) == [value])
  }
}
