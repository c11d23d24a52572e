import Foundation
import TestSupport
import Testing
import ZeroTouchModel

/// Whole rehearsals with the real kubectl, helm and git, one after the other: each of them wants the machine for itself.
@Suite(.serialized) struct RehearsalTests {
  @Test func `a control plane and two workers become a platform, as the README says`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let answer = try await BuiltProgram(in: folder).run(["rehearse", "--nodes", "control-plane=1,workers=2"])
      #expect(answer.status == 0, "\(answer.narration)")
      let readme = try String(contentsOfFile: "\(BuiltProgram.packageRoot)/README.md", encoding: .utf8)
      #expect(Self.rows(of: readme) == Self.rows(of: answer.output))
      #expect(answer.narration.contains("stand-ins, for want of the fetched artifacts: "))
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["bootstrap", "platform", "tenants"])
    }
  }

  @Test func `a kept world serves status, a second bootstrap that changes nothing, and one of a cluster that exists`()
    async throws
  {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let kept = try await BuiltProgram(in: folder).run(["rehearse", "--keep"])
      #expect(kept.status == 0, "\(kept.narration)")
      let place = try #require(Self.keptFolder(in: kept.narration))
      let program = BuiltProgram(in: "\(place)/repository", activating: place)
      let again = try await program.run(["bootstrap", "--events", "ndjson"])
      #expect(again.status == 0, "\(again.narration)")
      #expect(Self.clusterChanges(in: again.narration).isEmpty)
      let status = try await program.run(["status", "-o", "json"])
      #expect(status.output.contains(#""saw": "the Secret holds what is wanted""#))
      let kubeconfig = "\(place)/repository/.zerotouch/rehearsal/kubeconfig"
      let existing = try await program.run(["bootstrap", "--provider", "existing", "--kubeconfig", kubeconfig])
      #expect(existing.status == 0, "\(existing.narration)")
      #expect(!existing.output.contains("install-os"))
      let valid = try await program.run(["validate", "--cluster"])
      #expect(valid.status == 0, "\(valid.narration)")
      let stopped = try await BuiltProgram(in: folder).run(["rehearse", "--stop", place])
      #expect(stopped.status == 0)
      #expect(!FileManager.default.fileExists(atPath: place))
    }
  }

  @Test func `three control planes and two workers come up although one control plane is late`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let answer = try await BuiltProgram(in: folder).run([
        "rehearse", "--nodes", "control-plane=3,workers=2", "--late", "cp02=90s",
      ])
      #expect(answer.status == 0, "\(answer.narration)")
      #expect(Self.rows(of: answer.output).contains(["join-control-plane", "cp03", "done"]))
    }
  }

  @Test func `two rehearsals at the same time do not meet`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let program = BuiltProgram(in: folder)
      async let first = program.run(["rehearse"])
      async let second = program.run(["rehearse"])
      let answers = try await [first, second]
      #expect(answers.map(\.status) == [0, 0], "\(answers.map(\.narration))")
    }
  }

  @Test func `a repository whose Application needs a chart nobody has fails closed with the reason`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let path = "\(folder)/platform/01-foundation/external-secrets.yaml"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try text.replacing("chart: external-secrets", with: "chart: no-such-chart")
        .write(toFile: path, atomically: true, encoding: .utf8)
      let answer = try await BuiltProgram(in: folder).run(["rehearse", "--speed", "200"])
      #expect(answer.status == 3, "\(answer.narration)")
      #expect(answer.narration.contains("no-such-chart"))
    }
  }

  /// The first three columns of the table of a run: stage, node, state.
  private static func rows(of text: String) -> [[String]] {
    let lines = text.split(separator: "\n").drop { !$0.hasPrefix("STAGE") }.dropFirst()
    return lines.prefix { !$0.isEmpty && !$0.hasPrefix("```") && !$0.hasPrefix("rehearsed") }.map { line in
      line.split(separator: " ", omittingEmptySubsequences: true).prefix(3).map(String.init)
    }
  }

  static func keptFolder(in narration: String) -> String? {
    narration.split(separator: "\n").first { $0.hasPrefix("the cluster stays up in ") }.map {
      String($0.dropFirst("the cluster stays up in ".count))
    }
  }

  /// The command lines of a run that would change a machine or the cluster.
  private static func clusterChanges(in events: String) -> [String] {
    let commands = events.split(separator: "\n").compactMap { line -> String? in
      guard let event = try? JSONValue(parsing: String(line)), event["event"] == "acting" else { return nil }
      return event["command"]?.stringValue
    }
    let changing = [" apply ", " apply-config ", " bootstrap", " label ", " delete ", "ssh "]
    return commands.filter { command in changing.contains { command.contains($0) } }
  }
}
