import Testing
import ZeroTouchManifests
import ZeroTouchModel

@Test(arguments: [
  "spec", "spec.containers[0].image", "metadata.annotations[example.org/name]", "data[a.b].c", "spec.list[*].name",
])
func `a path is written as it was read`(text: String) throws {
  #expect(try FieldPath.parse(text).description == text)
}

@Test func `a key in quotes and one in brackets are the same`() throws {
  #expect(try FieldPath.parse("a['b']") == FieldPath.parse("a[b]"))
}

@Test(arguments: ["", ".a", "a.", "a..b", "a.[0]", "a[]", "a[0", "a[0]b"])
func `a path that is none is refused`(text: String) {
  #expect(throws: FieldPathError.self) { try FieldPath.parse(text) }
}

@Test func `what is missing is told apart from what is wrong`() throws {
  let value: JSONValue = ["a": ["b": [1]], "text": "x"]
  #expect(throws: FieldPathError.notFound("a.c: no such field")) { try value.value(at: .parse("a.c")) }
  #expect(throws: FieldPathError.notFound("a.b[1]: no such element")) { try value.value(at: .parse("a.b[1]")) }
  #expect(throws: FieldPathError.wrong("text: not an object")) { try value.value(at: .parse("text.x")) }
  #expect(try value.value(at: .parse("a.b[0]")) == 1)
}

@Test func `writing makes what is missing on the way, and fills lists with nothing`() throws {
  var value: JSONValue = [:]
  try value.set("x", at: .parse("spec.list[1].name"))
  #expect(value == ["spec": ["list": [.null, ["name": "x"]]]])
  #expect(throws: FieldPathError.self) { try value.set("y", at: .parse("spec.list[1].name.deeper")) }
}

@Test func `a wildcard stands for every part that is there`() throws {
  let value: JSONValue = ["list": [["a": 1], ["a": 2]], "map": ["k": ["a": 1]]]
  #expect(try value.expanded(.parse("list[*].a")).map(\.description) == ["list[0].a", "list[1].a"])
  #expect(try value.expanded(.parse("map[*].a")).map(\.description) == ["map.k.a"])
}
