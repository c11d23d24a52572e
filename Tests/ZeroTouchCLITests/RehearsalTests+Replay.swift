import Foundation
import TestSupport
import Testing
import ZeroTouchModel

extension RehearsalTests {
  @Test func `a run that failed is a file, from which it fails in the same way anywhere, and which lacks nothing`()
    async throws
  {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let program = BuiltProgram(in: folder)
      let failed = try await program.run([
        "rehearse", "--nodes", "control-plane=1,workers=1", "--defect", "worker01=write-error", "--record",
        "run.ndjson",
      ])
      #expect(failed.status == 1 && failed.narration.contains("writing /dev/nvme0n1 failed"), "\(failed.narration)")
      let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/run.ndjson")[.posixPermissions] as? Int
      #expect(mode == 0o600)

      try await withTemporaryFolder { elsewhere in
        try FileManager.default.moveItem(atPath: "\(folder)/run.ndjson", toPath: "\(elsewhere)/run.ndjson")
        // Nothing is asked of a program: there is none.
        let bare = BuiltProgram(in: elsewhere, path: "/nowhere")
        let again = try await bare.run(["rehearse", "--replay", "run.ndjson"])
        #expect(again.status == 1 && again.narration.contains("ended as it was recorded"), "\(again.narration)")
        #expect(Self.lastWords(of: again) == Self.lastWords(of: failed))
        try await Self.replayWithout("--strict", in: elsewhere, bare)
        #expect(
          try FileManager.default.contentsOfDirectory(atPath: elsewhere).sorted() == ["cut.ndjson", "run.ndjson"])
      }
    }
  }

  /// A recording without the calls that have a word: the replay ends at the first of them.
  private static func replayWithout(_ word: String, in folder: String, _ program: BuiltProgram) async throws {
    let text = try String(contentsOfFile: "\(folder)/run.ndjson", encoding: .utf8)
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix(#"{"call""#) || !$0.contains(#""\#(word)""#) }
    #expect(lines.count < text.split(separator: "\n").count)
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: "\(folder)/cut.ndjson", atomically: true, encoding: .utf8)
    let cut = try await program.run(["rehearse", "--replay", "cut.ndjson"])
    #expect(cut.status == 1 && !cut.narration.contains("writing /dev/nvme0n1 failed"), "\(cut.narration)")
    let lack = cut.narration.split(separator: "\n").first { $0.contains("the recording has no answer to") } ?? ""
    #expect(lack.contains(word), "\(cut.narration)")
  }

  /// What is said behind the last step, without what a recording adds.
  private static func lastWords(of answer: BuiltProgram.Answer) -> [Substring] {
    let lines = answer.narration.split(separator: "\n")
    let start = lines.lastIndex { $0.hasPrefix("zerotouch: ") } ?? lines.startIndex
    return lines[start...].filter { line in
      !["the recording is ", "  zerotouch rehearse --replay", "replayed "].contains { line.hasPrefix($0) }
    }
  }

  /// The values of the Talos secrets that nobody may know.
  private static func secrets(of kept: KeptRehearsal) throws -> [String] {
    let lines = try kept.read("secrets.yaml").split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    let values = lines.filter { $0.wholeMatch(of: #/(key|token|secret|bootstraptoken|secretbox\w+): .{12,}/#) != nil }
      .map { String($0.drop { $0 != " " }.dropFirst()) }
    #expect(values.count > 5)
    return values
  }

  @Test func `what changes a cluster can be recorded there, to a good end and to an interruption`() async throws {
    try await KeptRehearsal.with(nodes: "control-plane=1,workers=0,spares=1") { kept in
      let file = "\(kept.root)/join.ndjson"
      let joined = try await kept.program.run(["join-worker", "worker01:198.18.1.1", "--record", file])
      #expect(joined.status == 0, "\(joined.narration)")
      let resumed = try await kept.program.run(["bootstrap", "--record", "\(kept.root)/resumed.ndjson"])
      #expect(resumed.status == 0, "\(resumed.narration)")
      for recording in [file, "\(kept.root)/resumed.ndjson"] {
        let again = try await kept.program.run(["rehearse", "--replay", recording])
        #expect(again.status == 0 && again.narration.contains("ended as it was recorded"), "\(again.narration)")
        let text = try String(contentsOfFile: recording, encoding: .utf8)
        for secret in try Self.secrets(of: kept) { #expect(!text.contains(secret), "\(recording) holds a secret") }
        #expect(!text.contains(kept.root))
      }
    }
  }
}
