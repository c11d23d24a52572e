import Testing

@testable import ZeroTouchValidation

struct FileRuleTests {
  @Test func `a file that is not YAML is found at its line`() async throws {
    let wrong = "metadata:\n  name: shop\n   namespace: shop\n"
    #expect(try await findings(["a.yaml": wrong], .unreadableYAML) == ["ZT101 a.yaml:3"])
    #expect(try await findings(["a.yaml": "metadata:\n  name: shop\n  namespace: shop\n"], .unreadableYAML) == [])
  }

  @Test func `a template that another program fills in is no broken YAML`() async throws {
    let template = "metadata:\n  {{ if .name }}\n  name: {{ .name }}\n  {{ end }}\n"
    #expect(try await findings(["a.yaml": template], .unreadableYAML) == [])
    let named = ["a.yaml": template, "kustomization.yaml": "resources: [a.yaml]\n"]
    let found = try await findings(named, .unreadableYAML)
    #expect(found.count == 1 && found.first?.hasPrefix("ZT101 a.yaml:") == true, "\(found)")
  }

  @Test func `a key that stands twice is found at the second one`() async throws {
    let wrong = "kind: ConfigMap\ndata:\n  a: one\n  b: two\n  a: three\n"
    #expect(try await findings(["a.yaml": wrong], .keyTwice, .unreadableYAML) == ["ZT102 a.yaml:5"])
    #expect(try await findings(["a.yaml": "data:\n  a: one\nmore:\n  a: two\n"], .keyTwice) == [])
  }

  @Test func `aliases that expand beyond bounds are found, ordinary ones are not`() async throws {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...6 {
      let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      bomb += "a\(level): &a\(level) [\(items)]\n"
    }
    let found = try await findings(["a.yaml": bomb], .yamlBeyondBounds, .unreadableYAML)
    #expect(found.count == 1 && found.first?.hasPrefix("ZT103 a.yaml:") == true, "\(found)")
    let modest = "a: &a {x: 1}\nb: *a\nc: {<<: *a, y: 2}\n"
    #expect(try await findings(["a.yaml": modest], .yamlBeyondBounds, .unreadableYAML, .keyTwice) == [])
  }
}
