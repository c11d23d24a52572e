import Foundation
import Testing
import ZeroTouchModel
import ZeroTouchSecrets

struct ParameterFileTests {
  private func read(
    _ text: String, _ format: ParameterFile.Format = .env, prefix: String = "/zerotouch/prod"
  ) throws -> [String: String] {
    try read(Data(text.utf8), format, prefix: prefix)
  }

  private func read(
    _ data: Data, _ format: ParameterFile.Format = .env, prefix: String = "/zerotouch/prod"
  ) throws -> [String: String] {
    let file = try ParameterFile(data, file: "f", format: format, prefix: prefix)
    return Dictionary(
      uniqueKeysWithValues: file.parameters.map {
        ($0.name.description, String(decoding: $0.value.exposed, as: UTF8.self))
      })
  }

  @Test func `lines give what stands in them, and nothing is expanded`() throws {
    let text = """
      # a comment
      export git/token=abc#no-comment
      /zerotouch/prod/git/url=https://example.org/?a=b
      zerotouch/prod/a/whole=1

      a/single='it is $HOME \\n
      and more'   # a comment
      a/double="a \\"b\\" \\\\ \\n \\$x"
      """
    #expect(
      try read(text) == [
        "/zerotouch/prod/git/token": "abc#no-comment", "/zerotouch/prod/git/url": "https://example.org/?a=b",
        "/zerotouch/prod/a/whole": "1", "/zerotouch/prod/a/single": "it is $HOME \\n\nand more",
        "/zerotouch/prod/a/double": "a \"b\" \\ \n $x",
      ])
  }

  @Test func `the line ends of Windows are none of the value's, but those inside of quotes are`() throws {
    #expect(
      try read("\u{FEFF}a/b=one\r\na/c='two\r\nthree'\r\n") == [
        "/zerotouch/prod/a/b": "one", "/zerotouch/prod/a/c": "two\r\nthree",
      ])
  }

  @Test func `a level of YAML is called what stands there, whatever YAML takes it for`() throws {
    #expect(
      try read("v: {1.10: a, on: b, 0x10: c, y: d}", .yaml).keys.sorted()
        == ["0x10", "1.10", "on", "y"].map { "/zerotouch/prod/v/\($0)" })
  }

  @Test func `YAML gives the levels of the names, with slashes in them or not`() throws {
    let text = """
      git: {token: abc, "url/read": x}
      /zerotouch/prod/kagent/:
        openai_api_key: |
          line one
          line two
      zerotouch:
        prod:
          a: {b: "12"}
      """
    #expect(
      try read(text, .yaml) == [
        "/zerotouch/prod/git/token": "abc", "/zerotouch/prod/git/url/read": "x", "/zerotouch/prod/a/b": "12",
        "/zerotouch/prod/kagent/openai_api_key": "line one\nline two\n",
      ])
  }

  private static let deep = (0..<16).map { "l\($0)" }.joined(separator: "/")

  @Test(arguments: [
    ("a/b=", "f:1:1: error: `/zerotouch/prod/a/b` is empty"),
    ("a/b=\(String(repeating: "QS", count: 32768))", "`/zerotouch/prod/a/b` has 65536 bytes"),
    ("\(deep)/k=hidden-value", "what stands before `=` is no name of a parameter: it has 19 levels"),
    ("a/b=hidden-value\nhidden-value\n", "f:2:1: error: the line has no `=`"),
    ("a/b=-----BEGIN KEY-----\nhidden-value/A=\n-----END KEY-----\na/c=x", "`a/b` goes on over several lines"),
    ("a/b=hidden-value ", "`a/b` begins or ends with a blank"),
    ("a/b=hidden-value # or not", "`a/b` has a ` #` in it"),
    ("a/b=QUJD\nhidden-value/Zz==", "f:2:1: error: the value of this line is `=` alone"),
    ("a/b=QUJD\nhidden-value/Zz== ", "f:2:1: error: the value of this line is `=` alone"),
    ("a/b=QUJD\nhidden-value/Zz=", "f:2:1: error: nothing stands behind the `=` of this line"),
    ("a/b=x\nhidden-value/Zz= y", "f:2:1: error: the value of this line begins or ends with a blank"),
    ("a/b=x\nhidden-value/Zz='y", "f:2:1: error: the value of this line has no closing quote"),
    ("a/b=\"hidden-value", "the value of `a/b` has no closing quote"),
    ("a/b='hidden-value' hidden-value", "something stands behind the closing quote of `a/b`"),
    ("a/b=\"hidden-value \\x\"", "the value of `a/b` has a backslash before something else"),
    ("a/b=hidden-value\na/b=hidden-value", "f:2:1: error: `/zerotouch/prod/a/b` stands twice; the first is on line 1"),
    ("TOKEN=hidden-value", "what stands before `=` names no component"),
    ("/zerotouch/stage/a/b=hidden-value", "does not lie below `/zerotouch/prod`"),
    ("a/b c=hidden-value", "it has the character ` `"), ("a//b=hidden-value", "a level of it is empty"),
  ])
  func `what cannot be taken is named with its line, and no value is repeated`(text: String, words: String) {
    let error = #expect(throws: InvalidInput.self) { try read(text) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    for value in ["hidden-value", "QSQSQS"] { #expect(error?.description.contains(value) == false) }
  }

  @Test(arguments: [
    ("a: {b: 0123}", "`a/b` is a number of YAML"), ("a: {b: yes}", "`a/b` is a boolean of YAML"),
    ("a: {b: }", "`/zerotouch/prod/a/b` is empty"), ("a: {b: [hidden-value]}", "`a/b` is a list"),
    ("a: {b: *hidden-value}", "nothing before this alias is its anchor"),
    ("a: {b: !!int hidden-value}", "is no value of"),
    ("a: {b: \"hidden-value}", "the file is not YAML"),
    ("sops: {mac: x}\na: {b: hidden-value}", "is encrypted by sops"),
    ("hidden-value", "the file is a string"), ("a: {b: x}\na: {b: hidden-value}", "the key `a` stands"),
  ])
  func `YAML that cannot be taken is told without a value`(text: String, words: String) {
    let error = #expect(throws: InvalidInput.self) { try read(text, .yaml) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("hidden-value") == false)
  }

  @Test func `bytes that are no text are kept, and stored in base64`() throws {
    let bytes = Data([0xFF, 0xFE, 0x00])
    let file = try ParameterFile(
      Data("a/b=".utf8) + bytes + Data("\n".utf8), file: "f", format: .env, prefix: "/zerotouch/prod")
    #expect(file.parameters.first?.value == Secret(bytes) && file.parameters.first?.isEncoded == true)
    let yaml = try ParameterFile(
      Data("a: {b: !!binary //4A, c: !!binary aGVsbG8=}".utf8), file: "f", format: .yaml, prefix: "/zerotouch/prod")
    #expect(yaml.parameters.map(\.value) == [Secret(bytes), Secret("hello")])
    #expect(yaml.parameters.map(\.isEncoded) == [true, false])
    let error = #expect(throws: InvalidInput.self) { try read(Data("a: {b: ".utf8) + bytes + Data("}".utf8), .yaml) }
    #expect(error?.description.contains("the file is not UTF-8") == true)
  }

  @Test(arguments: ["aws/x/y", "SSM/x", "a", ""])
  func `names that AWS keeps for itself are refused`(name: String) {
    #expect(throws: (any Error).self) { try ParameterName("\(name)") }
    #expect((try? ParameterName("/\(name)")) == nil || name == "a")
  }
}
