import Testing
import ZeroTouchManifests
import ZeroTouchModel

@Suite struct YAMLDocumentsTests {
  private func parse(_ text: String) throws -> [JSONValue] { try YAMLDocuments.parse(text, file: "a.yaml") }

  private func problems(_ text: String) -> String {
    do { return "no problem: \(try parse(text))" } catch { return "\(error)" }
  }

  @Test func `documents that are empty or only comments are skipped`() throws {
    #expect(try parse("---\n# only a comment\n---\na: 1\n---\n---\nnull\n---\nb: 2\n") == [["a": 1], ["b": 2]])
    #expect(try parse("") == [])
    #expect(try parse("# nothing\n") == [])
  }

  @Test(
    arguments: [
      ("y", true), ("Yes", true), ("off", false), ("n", false), ("yEs", "yEs"), ("0o14", 12), ("014", 12),
      ("0x1F", 31), ("1_000", 1000), ("1e3", 1000), (".5", .double(0.5)), ("~", .null), ("Null", .null), ("", .null),
      ("2001-01-01", "2001-01-01"), ("1:30", "1:30"), ("0b11", 3), ("\"1\"", "1"), ("'yes'", "yes"), ("+1", 1),
      ("1.", 1), ("-0x1f", -31), ("08", 8), ("1e", "1e"), ("0x", "0x"), ("!!str 1", "1"), ("!!int \"3\"", 3),
      ("1e400", "1e400"), ("18446744073709551616", .double(18_446_744_073_709_551_616)), ("=", "="), ("0b102", "0b102"),
      ("-0o7", -7), ("!!binary aGk=", "hi"), ("!own bar", "bar"), ("v1.2.3", "v1.2.3"), ("1.35.4", "1.35.4"),
      ("-", .null),
    ] as [(String, JSONValue)])
  func `a plain scalar means what kubectl reads`(text: String, value: JSONValue) throws {
    if text == "-" { return #expect(try parse("x:\n-\n") == [["x": [.null]]]) }
    #expect(try parse("x: \(text)\n") == [["x": value]])
  }

  @Test func `keys are strings, whatever they look like`() throws {
    #expect(try parse("{1: a, on: b, 0x10: c}") == [["1": "a", "16": "c", "true": "b"]])
  }

  @Test func `block scalars keep their lines`() throws {
    #expect(
      try parse("a: |\n  one\n  *two\nb: >-\n  one\n  two\nc: |+\n  x\n\n") == [
        ["a": "one\n*two\n", "b": "one two", "c": "x\n\n"]
      ])
  }

  @Test func `aliases and merge keys are resolved, the own key wins`() throws {
    let text =
      "base: &base {a: 1, b: 2}\nuse: {<<: *base, b: 3}\nlist: {<<: [{a: 9}, *base]}\nitem: [*base, 'x*y', a * b]\n"
    #expect(
      try parse(text) == [
        [
          "base": ["a": 1, "b": 2], "use": ["a": 1, "b": 3], "list": ["a": 9, "b": 2],
          "item": [["a": 1, "b": 2], "x*y", "a * b"],
        ]
      ])
  }

  @Test func `every duplicate key is reported where it stands`() {
    #expect(
      problems("a: 1\nb: {c: 1, 'c': 2}\na: 2\nlist:\n- x: 1\n  y: 2\n  x: 3\na: 3\n") == """
        a.yaml:2:11: error: the key `c` stands twice; the first is on line 2
          keep one of them
        a.yaml:3:1: error: the key `a` stands twice; the first is on line 1
          keep one of them
        a.yaml:7:3: error: the key `x` stands twice; the first is on line 5
          keep one of them
        a.yaml:8:1: error: the key `a` stands twice; the first is on line 1
          keep one of them
        """)
  }

  @Test func `a syntax error names file, line and column`() {
    #expect(
      problems("a: 1\nb: [1, 2\nc: 3\n") == """
        a.yaml:3:2: error: the file is not YAML: while parsing a flow sequence: did not find expected ',' or ']'
          correct the YAML there, or on the line before it
        """)
    #expect(problems("a: 1\n\tb: 2\n").hasPrefix("a.yaml:2:1: error: the file is not YAML: while scanning"))
    #expect(
      problems("a: \"\u{1}\"\n") == """
        a.yaml:1:5: error: the file is not YAML: control characters are not allowed
          remove that character
        """)
  }

  @Test func `a bomb of aliases is refused before it expands`() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...30 {
      text += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
    }
    #expect(
      problems(text) == """
        a.yaml:6:10: error: aliases expand to more than 100000 nodes
          write the values out, or use fewer aliases
        """)
    #expect(problems(text + "? *a30\n: x\n").contains("aliases expand to more than 100000 nodes"))
  }

  @Test func `an alias without an anchor is an error, also to itself`() {
    #expect(
      problems("host: *.example.com\n") == """
        a.yaml:1:7: error: nothing before this alias is its anchor
          define the anchor first, or put the text in quotes if it is meant as it stands
        """)
    #expect(problems("a: &a [*a]\n").hasPrefix("a.yaml:1:8: error: nothing before this alias is its anchor"))
  }

  @Test func `depth is bounded`() {
    #expect(
      problems("a: " + String(repeating: "[", count: 150) + String(repeating: "]", count: 150)) == """
        a.yaml:1:104: error: the YAML is nested deeper than 100 levels
          flatten it
        """)
    #expect(problems(String(repeating: "[", count: 100_000)).contains("nested deeper than 1000 levels"))
    #expect(problems(String(repeating: "- ", count: 100_000)).contains("nested deeper than 1000 levels"))
  }

  @Test func `what JSON cannot hold is an error`() {
    #expect(
      problems("a: .inf\nb: !!int x\n? [k]\n: 1\n~: 2\n") == """
        a.yaml:1:4: error: `.inf` is no value of JSON
          write a value JSON can hold, or put it in quotes
        a.yaml:2:4: error: `x` is no value of `!!int`
          write a value JSON can hold, or put it in quotes
        a.yaml:3:3: error: a key is no string
          use a string, a number or a boolean as key
        a.yaml:5:1: error: a key is empty
          give it a name
        """)
  }

  @Test func `a text over the limit is not read`() {
    #expect(throws: InvalidInput.self) {
      try LocatedYAML.documents(of: "a: 12345", file: "a.yaml", limits: YAMLLimits(bytes: 4))
    }
  }

  @Test func `a text with a byte order mark and carriage returns is read`() throws {
    #expect(try parse("\u{FEFF}a: 1\r\nb: x\r\n") == [["a": 1, "b": "x"]])
  }

  @Test func `every node knows where it stands`() throws {
    let document = try #require(try LocatedYAML.documents(of: "a:\n  b: [1, two]\n", file: "a.yaml").first)
    let entry = try #require(document["a"]?.entry("b"))
    #expect(entry.keyLocation.description == "a.yaml:2:3")
    #expect(entry.value.items?[1].location.description == "a.yaml:2:10")
  }
}
