import Foundation
import TestSupport
import Testing
import ZeroTouchModel

@testable import ZeroTouchValidation

struct SurveyTests {
  @Test func `what nobody looked into is said, so that it is no pass`() async throws {
    let deep = (1...41).map { "\($0)" }.joined(separator: "/")
    let repository = try CheckedRepository([
      "apps/one.yaml": application("one"), "\(deep)/hidden.yaml": "kind: [",
      "large.yaml": String(repeating: "# padding\n", count: 2 << 20),
    ])
    defer { repository.remove() }
    let notes = try await repository.report().notes.map { "\($0.location.file): \($0.text)" }
    #expect(notes.contains("\(deep): not looked into: folders deeper than 40 are not looked into"), "\(notes)")
    #expect(notes.contains("large.yaml: not looked into: more than 16 MiB are not read"), "\(notes)")
  }

  @Test func `what was built is kept for its owner alone, for it may hold Secrets`() async throws {
    let repository = try CheckedRepository([
      "kustomization.yaml": "secretGenerator: [{name: key, literals: [password=hush]}]\n"
    ])
    defer { repository.remove() }
    try await withTemporaryFolder { folder in
      let cache = "\(folder)/kept"
      _ = try await repository.survey(cache: cache)
      let names = try FileManager.default.contentsOfDirectory(atPath: cache)
      #expect(names.count == 1 && names[0].hasSuffix(".yaml"))
      for path in [cache, "\(cache)/\(names[0])"] {
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(try #require(mode) & 0o077 == 0, "\(path)")
      }
      #expect(try await repository.survey(cache: cache).builds[""]?.manifests.map(\.kind) == ["Secret"])
    }
  }
}
