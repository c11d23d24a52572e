import Foundation
import TestSupport
import Testing
import ZeroTouchModel

@testable import ZeroTouchDiagnosis

struct CatalogueTests {
  @Test func `the page about failures says what the catalogue says`() throws {
    let page = try String(contentsOfFile: "\(BuiltProgram.packageRoot)/docs/failures.md", encoding: .utf8)
    #expect(page == FailurePage.markdown + "\n", "write it anew: zerotouch diagnose --catalogue > docs/failures.md")
  }

  @Test func `every failure has a name of its own, and says why, what to do and where that is known from`() {
    let all = FailureCatalogue.all
    #expect(Set(all.map(\.id)).count == all.count)
    for failure in all {
      #expect(failure.id.wholeMatch(of: /[a-z][a-z0-9-]+/) != nil)
      for text in [failure.symptom, failure.cause, failure.remedy, failure.source] {
        #expect(!text.isEmpty, "\(failure)")
      }
      #expect(!failure.signs.isEmpty && failure.signs.allSatisfy { !$0.isEmpty }, "\(failure.id)")
    }
  }
}
