import Foundation
import TestSupport
import Testing
import ZeroTouchModel

@testable import ZeroTouchPipeline

/// The record of runs on the disk.
struct JournalTests {
  @Test func `half a line that a killed run left does not swallow the next one, and is passed over`() async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/journal.ndjson"
      try Data("{\"event\":\"began\",\"by\":\"ada\"}\n{\"event\":\"sta".utf8).write(to: URL(filePath: path))
      try Journal(path: path).append("{\"event\":\"began\",\"by\":\"bob\"}")
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.split(separator: "\n").count == 3)
      #expect(JournaledRun.all(at: path).map(\.by) == ["ada", "bob"])
    }
  }

  @Test func `a full disk is an error, not a line less`() throws {
    let journal = try Journal(path: "/dev/full")
    #expect(throws: PipelineError.workspace(path: "/dev/full", reason: "No space left on device")) {
      try journal.append("{}")
    }
  }

  @Test func `it begins a new file where the bound is, and keeps so many old ones`() async throws {
    try await withTemporaryFolder { folder in
      var bounds = Journal.Bounds()
      (bounds.bytes, bounds.files) = (20, 2)
      let path = "\(folder)/journal.ndjson"
      let journal = try Journal(path: path, bounds: bounds)
      for number in 0..<8 { try journal.append("line \(number)") }
      #expect(Journal.files(of: path, bounds) == ["\(path).2", "\(path).1", path])
      let all = try Journal.files(of: path, bounds).map { try String(contentsOfFile: $0, encoding: .utf8) }.joined()
      #expect(all == "line 2\nline 3\nline 4\nline 5\nline 6\nline 7\n")
    }
  }

  @Test func `a run says who, when, what, why and how long`() throws {
    let lines = """
      {"at":0.0,"by":"ada@laptop","event":"began","time":"2026-01-01T10:00:00Z"}
      {"at":1.0,"event":"started","step":"install-os/cp01","time":"2026-01-01T10:00:01Z"}
      {"at":1.5,"event":"observed","saw":"no Talos","state":"missing","step":"install-os/cp01"}
      {"at":1.5,"command":"ssh root@198.18.0.10","event":"acting","step":"install-os/cp01"}
      {"at":181.0,"elapsedSeconds":180.0,"event":"done","step":"install-os/cp01"}
      {"at":181.0,"event":"started","step":"apply-config/cp01","time":"2026-01-01T10:03:01Z"}
      """
    let run = try #require(JournaledRun.all(in: lines.split(separator: "\n")).first)
    #expect(run.by == "ada@laptop" && run.began == "2026-01-01T10:00:00Z" && run.end == "killed")
    #expect(run.steps.map(\.id) == ["install-os/cp01", "apply-config/cp01"])
    #expect(run.steps[0].did == ["ssh root@198.18.0.10"] && run.steps[0].saw == "no Talos")
    #expect(run.steps[0].seconds == 180 && run.steps[1].end == "interrupted")
  }
}
