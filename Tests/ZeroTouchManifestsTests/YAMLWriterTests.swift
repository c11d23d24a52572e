import Testing
import ZeroTouchManifests
import ZeroTouchModel

@Test(
  arguments: [
    ["text": "true", "number": "014", "empty": "", "colon": "a: b", "dash": "- x", "blank": " x", "tab": "a\tb"],
    ["block": "one\n  two\n\nthree\n", "loose": "one\ntwo", "blanks": "\n\n", "unicode": "größe – 漢字\n"],
    ["list": [1, .double(2.5), true, .null, "x", [], [:], [["a": 1, "b": ["c": "d\ne\n"]], [1, [2]]]]],
    ["name": "n", "kind": "K", "apiVersion": "v1", "zebra": 1, "metadata": ["name": "x"], "1.5": "a", "off": "on"],
  ] as [JSONValue])
func `what is written is read back as it was`(value: JSONValue) throws {
  #expect(try YAMLDocuments.parse(YAMLWriter.text(of: value), file: "x.yaml") == [value])
}

@Test func `well-known keys come first and lines stay lines`() {
  let text = YAMLWriter.text(of: [
    "spec": ["b": 1, "a": ["x", "y"]], "kind": "K", "apiVersion": "v1", "data": "l1\nl2\n",
  ])
  #expect(
    text == """
      apiVersion: v1
      kind: K
      spec:
        a:
          - x
          - "y"
        b: 1
      data: |
        l1
        l2

      """)
}
