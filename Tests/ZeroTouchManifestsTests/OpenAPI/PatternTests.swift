import Testing

@testable import ZeroTouchManifests

struct PatternTests {
  private func matches(_ pattern: String, _ text: String) throws -> Bool {
    try PatternMachine(try PatternReader.read(pattern)).matches(text)
  }

  @Test(
    arguments: [
      ("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "shop-1", true), ("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "shop-", false),
      ("b+", "abba", true), ("^(?:a|bc){2,3}$", "abca", true), ("^(?:a|bc){2,3}$", "a", false), ("^a{2,}$", "a", false),
      ("(?i)^SHOP$", "shop", true), ("^[^/]+$", "a/b", false), ("\\bx\\b", "a x b", true), ("\\bx\\b", "axb", false),
      ("^\\d{1,3}(\\.\\d{1,3}){3}$", "10.0.0.1", true), ("^[[:alpha:]_-]+$", "a_b-c", true), ("a.c", "a\nc", false),
      ("(?s)a.c", "a\nc", true), ("^x{$", "x{", true), ("", "x", true), ("é$", "café", true),
      ("^(?P<n>a+)$", "aaa", true), ("\\x41\\x{42}", "AB", true), ("^[^\\d]$", "x", true), ("^[\\D]$", "1", false),
    ])
  func `patterns mean what they mean to Go`(_ pattern: String, _ text: String, _ isMatch: Bool) throws {
    #expect(try matches(pattern, text) == isMatch)
    #expect(try SearchPattern(pattern).matches(text) == isMatch)
  }

  @Test(arguments: ["^(a+)+$", "(x+x+)+y", "((((a*)*)*)*)*b", "(a|a)*$b", "^(a?){60}a{60}$"])
  func `a repetition that is repeated takes no longer`(_ pattern: String) throws {
    let text = String(repeating: "a", count: 59) + "!"
    #expect(try !SearchPattern(pattern).matches(text) && SearchPattern(pattern).groups(in: text) == nil)
  }

  @Test func `what asks for too much is refused`() {
    for pattern in [
      "(((a{1000}){1000}){1000})", String(repeating: "(", count: 5000), "(?=(a+)+)b", "(a)*\\1+", "[z-a]",
      "a**", "[a",
    ] {
      #expect(throws: (any Error).self, "\(pattern)") { try SearchPattern(pattern) }
    }
  }

  @Test func `it agrees with the engine that goes back`() throws {
    var state: UInt64 = 7
    func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let tokens = [
      "a", "b", "1", "-", ".", "(", ")", "|", "*", "+", "?", "[ab]", "[^a]", "\\d", "^", "$", "{1,2}", "(?:a|b)",
    ]
    var compared = 0
    for _ in 0..<4000 {
      let pattern = (0...below(7)).map { _ in tokens[below(tokens.count)] }.joined()
      guard let node = try? PatternReader.read(pattern), let machine = try? PatternMachine(node),
        let regex = try? Regex(pattern.replacing("$", with: "\\z")).matchingSemantics(.unicodeScalar)
          .asciiOnlyCharacterClasses().wordBoundaryKind(.simple)
      else { continue }
      for _ in 0..<4 {
        let text = (0..<below(6)).map { _ in ["a", "b", "1", "-"][below(4)] }.joined()
        #expect(machine.matches(text) == (text.firstMatch(of: regex) != nil), "\(pattern) in \(text)")
        compared += 1
      }
    }
    #expect(compared > 4000)
  }
}

struct FileGlobTests {
  @Test(
    arguments: [
      ("*.yaml", "a/b.yaml", true), ("{a,b}/*.yaml", "b/x.yaml", true), ("{a,b}/*.yaml", "c/x.yaml", false),
      ("?.yml", "a.yml", true),
      ("[a-c]*", "b1", true), ("[!a-c]*", "b1", false), ("[z-a]", "m", false), ("[a", "a", false), ("**", "", true),
      ("a*b*c", "axxbxbc", true),
      ("a*b*c", "axxbxb", false), ("", "", true), ("x{a", "x{a", true),
    ])
  func `globs match as Argo CD's do`(_ pattern: String, _ name: String, _ isMatch: Bool) {
    #expect(FileGlob(pattern).matches(name) == isMatch)
  }

  @Test func `stars and braces take no time without bound`() {
    #expect(!FileGlob(String(repeating: "*a", count: 60) + "b").matches(String(repeating: "a", count: 200)))
    #expect(!FileGlob(String(repeating: "{a,b}", count: 60)).matches("c"))
  }
}
