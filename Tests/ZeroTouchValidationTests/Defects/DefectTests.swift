import Foundation
import TestSupport
import Testing
import ZeroTouchManifests
import ZeroTouchModel

@testable import ZeroTouchValidation

/// What validate finds in this repository with one fault put into it: that one, where it is, and nothing else.
@Suite(.onCopiesOfOurs, .serialized)
struct DefectTests {
  /// Rules that no edit of this repository can break, each with the reason; a new rule does not belong here unless the
  /// reason is as good.
  static let withoutDefect: [String: String] = [:]

  @Test(arguments: Defect.all)
  func `one fault is one finding at its line`(_ defect: Defect) async throws {
    let sound = try #require(SoundRepository.current)
    try await withTemporaryFolder { folder in
      let faulty = try FaultyRepository(sound, in: folder, defect.setting.edits + defect.edits)
      let place = "\(defect.path):\(try faulty.line(of: defect.marker, in: defect.path))"
      let expected = ["\(defect.rule) \(place)"] + defect.beside.map(\.finding)
      let found = try await faulty.findings()
      #expect(found.map(\.place).sorted() == expected.sorted(), "\(found.map(\.words))")
    }
  }

  @Test(arguments: Setting.all)
  func `without a fault nothing is found`(_ setting: Setting) async throws {
    let sound = try #require(SoundRepository.current)
    try await withTemporaryFolder { folder in
      let faulty = try FaultyRepository(sound, in: folder, setting.edits)
      let found = try await faulty.findings()
      #expect(found.map(\.place) == [], "\(found.map(\.words))")
    }
  }

  @Test func `every rule has its fault`() {
    let tried = Set(Defect.all.map(\.rule))
    let rules = Set(Rule.all.map(\.id))
    let left = rules.subtracting(tried).subtracting(Self.withoutDefect.keys)
    #expect(left.sorted() == [], "enter a defect for each in Defects/")
    #expect(tried.subtracting(rules).sorted() == [], "no such rules")
    #expect(tried.count >= 80 && Self.withoutDefect.isEmpty)
    #expect(tried.intersection(Self.withoutDefect.keys).sorted() == [], "these have a defect after all")
  }

  @Test func `only warnings may come with a fault, and each says why`() {
    for beside in Defect.all.flatMap(\.beside) {
      #expect(Rule.named(String(beside.finding.prefix(5)))?.severity == .warning && !beside.reason.isEmpty)
    }
  }

  @Test func `a copy is what would be read from disk`() async throws {
    let sound = try #require(SoundRepository.current)
    try await withTemporaryFolder { folder in
      let edits: [Edit] = [
        .add("apps/new.yaml", "a: [1]\n"), .append("# more\n", to: "tenants/landing-zones/kustomization.yaml"),
        .remove("platform/04-network/domain/domain.yaml"), .remove("platform/04-network/domain/kustomization.yaml"),
      ]
      let faulty = try FaultyRepository(sound, in: folder, edits)
      let (quick, whole) = (await faulty.tree(), await RepositoryLoader(root: faulty.root).load())
      #expect(quick.files.map(\.path) == whole.files.map(\.path) && quick.paths == whole.paths)
      #expect(quick.files.map { $0.documents.map(\.json) } == whole.files.map { $0.documents.map(\.json) })
      #expect(quick.folders == whole.folders.filter { $0 != "platform/04-network/domain" })
    }
  }

  @Test func `a text that no longer stands once is said`() async throws {
    let sound = try #require(SoundRepository.current)
    let edit = Edit.replace("kind:", with: "", in: "bootstrap/root/base/platform.yaml")
    try await withTemporaryFolder { folder in
      #expect { try FaultyRepository(sound, in: folder, [edit, edit]) } throws: { "\($0)".contains("not once") }
      let faulty = try FaultyRepository(sound, in: folder, [])
      #expect { try faulty.line(of: "name", in: edit.path) } throws: { "\($0)".contains("choose another marker") }
    }
  }
}
