import Testing

@testable import ZeroTouchValidation

struct RuleTableTests {
  @Test func `every rule has a name of its own that begins with its family's`() {
    let ids = Rule.all.map(\.id)
    #expect(Set(ids).count == ids.count && ids == ids.sorted())
    for family in RuleFamily.all {
      for rule in family.rules { #expect(rule.id.hasPrefix(family.id) && rule.id.count == 5) }
    }
  }

  @Test func `every rule says what it finds, why, and what to do, as all messages are worded`() {
    for rule in Rule.all {
      for text in [rule.title, rule.why, rule.remedy] {
        #expect(!text.isEmpty && !text.hasSuffix("."), "\(rule.id): \(text)")
      }
      #expect(!rule.example.wrong.isEmpty && rule.example.wrong != rule.example.right, "\(rule.id)")
    }
  }
}
