import Foundation
import TestSupport
import Testing
import ZeroTouchModel

/// Faults met with the real programs: each ends as docs/faults.md, which is made in one process, says it ends.
@Suite(.rehearsals) struct RehearsedFaultTests {
  private static let all = ProcessInfo.processInfo.environment["ZEROTOUCH_EVERY_FAULT"] != nil

  /// One of each kind: a disk, another cluster's machine, an answer that is lost, a program that hangs, watches that
  /// end, an API that comes and goes, a container that crashes.
  private static let some: Set = [
    "disk-twins", "worker-of-another-cluster", "reply-of-bootstrap-lost", "kubectl-hangs", "watch-expired",
    "api-flapping", "agent-finds-no-api",
  ]

  /// The rows of the page: what the fault is called, how it ends, and the known failures that are its causes.
  private static let rows: [(name: String, end: String, causes: [String])] = {
    let page = try? String(contentsOfFile: "\(BuiltProgram.packageRoot)/docs/faults.md", encoding: .utf8)
    return (page ?? "").split(separator: "\n").compactMap { line in
      let cells = line.split(separator: " | ", omittingEmptySubsequences: false)
      guard cells.count > 6, cells[0].hasPrefix("| `") else { return nil }
      let causes = cells[cells.count - 1].split(separator: "`").filter { $0.contains("-") }
      return (cells[0].trimmingCharacters(in: ["|", "`", " "]), String(cells[3]), causes.map(String.init))
    }
  }()

  @Test func `faults that are met with the real programs end as they end in a simulation`() async throws {
    let chosen = Self.rows.filter { Self.all || Self.some.contains($0.name) }
    try #require(chosen.count >= Self.some.count)
    _ = await chosen.mapSideBySide(atMost: 3) { row in
      do { try await Self.meet(row.name, endingIn: row.end, because: row.causes) } catch {
        Issue.record(error, "\(row.name)")
      }
    }
  }

  private static func meet(_ fault: String, endingIn end: String, because causes: [String]) async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let answer = try await BuiltProgram(in: folder).run(["rehearse", "--fault", fault], within: .seconds(900))
      // What happens to the laptop itself is refused, and said where it can be met.
      if answer.status == 2 {
        #expect(answer.narration.contains("zerotouch simulate --fault \(fault)"), "\(answer.narration)")
        #expect(!some.contains(fault))
        return
      }
      #expect(answer.narration.contains("`\(fault)` ("), "\(answer.narration)")
      #expect(answer.narration.contains(") ended as it is to end: "), "\(answer.narration)")
      #expect((answer.status == 0) == (end == "converges"), "\(fault): \(answer.narration)")
      if let cause = causes.first { #expect(answer.narration.contains(" (\(cause))"), "\(answer.narration)") }
    }
  }

  @Test func `a fault that nobody knows is refused with the names of all`() async throws {
    let answer = try await BuiltProgram(in: BuiltProgram.packageRoot).run(["rehearse", "--fault", "nonsense"])
    #expect(answer.status == 2)
    #expect(answer.narration.contains("no fault is called `nonsense`"))
    #expect(answer.narration.contains("disk-twins"))
  }
}
