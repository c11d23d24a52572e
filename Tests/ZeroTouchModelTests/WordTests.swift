import Testing
import ZeroTouchModel

@Suite struct WordTests {
  @Test(arguments: [
    ("enviroment", "environment"), ("podCidr", "podCIDR"), ("pod_cidr", "podCIDR"), ("nods", "nodes"), ("zebra", nil),
    ("x", nil),
  ])
  func `the word that was meant is found, and none is made up`(word: String, meant: String?) {
    #expect(Spelling.nearest(to: word, among: ["environment", "podCIDR", "nodes", "stage"]) == meant)
  }

  @Test(arguments: ["", "-a", "a-", "a_b", "A", "a.b", "ä", String(repeating: "a", count: 64)])
  func `what is no DNS label is refused`(text: String) {
    #expect(!DNSName.isLabel(text))
  }

  @Test func `a label near the one that was wanted is proposed`() {
    #expect(DNSName.label(near: "Worker_01") == "worker-01")
    #expect(DNSName.label(near: "__") == nil)
    #expect(DNSName.isLabel(String(repeating: "a", count: 63)) && DNSName.isName("k8s.example.org"))
  }

  @Test func `a secret prints as redacted wherever it can be printed`() {
    let secret = Secret("hunter2")
    var dumped = ""
    dump(secret, to: &dumped)
    for text in [
      "\(secret)", String(describing: secret), String(reflecting: [secret]), dumped, "\(Optional(secret) as Any)",
    ] {
      #expect(!text.contains("hunter2"))
      #expect(text.contains("redacted"))
    }
    #expect(String(decoding: secret.exposed, as: UTF8.self) == "hunter2")
  }

  @Test func `a reference says where a secret is, never what it is`() {
    #expect(SecretReference("env:TOKEN") == .environment("TOKEN"))
    #expect(SecretReference("file:~/.ssh/id:1") == .file("~/.ssh/id:1"))
    for text in ["", "env:", "TOKEN", "vault:a"] { #expect(SecretReference(text) == nil) }
    for text in ["env:a/b+c", "env:1A", "env:A B"] { #expect(SecretReference(text) == nil) }
    for text in [
      "file:#a", "file:a#", "sops:a", "op://a/b", "op:a", "bao:a", "ssm:a",
      "ssm://a", "prompt:", "file:a\nb",
    ] {
      #expect(SecretReference(text) == nil, "\(text)")
    }
  }

  @Test(arguments: [
    "env:A", "file:a", "file:a.yaml#b.c", "sops:a.yaml#b", "age:a.age", "op://v/i/f", "op://v/i/s/f", "bao:kv/a#b",
    "ssm:/a/b", "prompt", "prompt:the token",
  ])
  func `a reference is spelled as it was read`(text: String) {
    #expect(SecretReference(text)?.description == text)
  }

  @Test func `two fields that are asked for are two references`() {
    #expect(SecretReference.prompt().asking(for: "a") == .prompt("a"))
    #expect(SecretReference.prompt("b").asking(for: "a") == .prompt("b"))
    #expect(SecretReference.environment("A").asking(for: "a") == .environment("A"))
  }
}
