import Testing
import ZeroTouchModel

struct LabelSyntaxTests {
  @Test(arguments: ["a", "app.kubernetes.io/name", "A-1_b.c", "example.org/" + String(repeating: "a", count: 63)])
  func `keys as Kubernetes takes them`(key: String) { #expect(LabelSyntax.isKey(key)) }

  @Test(arguments: [
    "", "-a", "a-", "a b", "ä", "/a", "a/", "a/b/c", "Upper.org/a", String(repeating: "a", count: 64),
  ])
  func `keys that Kubernetes refuses`(key: String) { #expect(!LabelSyntax.isKey(key)) }

  @Test func `values, which may be empty`() {
    for value in ["", "a", "1.2_3-4"] { #expect(LabelSyntax.isValue(value)) }
    for value in ["_a", "a.", "a/b", "a\n"] { #expect(!LabelSyntax.isValue(value)) }
  }
}
