import Foundation
import TestSupport
import Testing

/// Whole rehearsals with the real kubectl, helm and git: most of their time they wait for what the world declares.
@Suite(.sideBySide(2)) struct RehearsalTests {
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

  /// The first three columns of the table of a run: stage, node, state. On a busy machine a step may find what it
  /// else waits for.
  private static func rows(of text: String) -> [[String]] {
    let lines = text.split(separator: "\n").drop { !$0.hasPrefix("STAGE") }.dropFirst()
    return lines.prefix { !$0.isEmpty && !$0.hasPrefix("```") && !$0.hasPrefix("rehearsed") }.map { line in
      line.split(separator: " ").prefix(3).map { $0 == "found" ? "done" : String($0) }
    }
  }
}
