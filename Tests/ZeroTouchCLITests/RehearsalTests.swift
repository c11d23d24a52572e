import Foundation
import TestSupport
import Testing

/// Whole rehearsals with the real kubectl, helm and git: most of their time they wait for what the world declares.
@Suite(.rehearsals) struct RehearsalTests {
  @Test func `a control plane and two workers become a platform, as the README says`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let answer = try await BuiltProgram(in: folder).run(["rehearse", "--nodes", "control-plane=1,workers=2"])
      #expect(answer.status == 0, "\(answer.narration)")
      let readme = try String(contentsOfFile: "\(BuiltProgram.packageRoot)/README.md", encoding: .utf8)
      #expect(Self.rows(of: readme) == Self.rows(of: answer.output))
      #expect(Self.waits(in: readme) == Self.waits(in: answer.output))
      // What is added up from declared durations is the same on every machine.
      let predicted = try #require(answer.output.split(separator: "\n").first { $0.hasPrefix("predicted on real") })
      #expect(readme.contains("\n\(predicted)\n"))
      #expect(readme.contains("$ scripts/rehearse --nodes control-plane=1,workers=2\n"))
      #expect(readme.split(separator: "\n").count < 150)
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

  @Test func `a preview comes up on kind, in order, and nothing but kind makes its machines`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let answer = try await BuiltProgram(in: folder).run(["rehearse", "--environment", "preview"])
      #expect(answer.status == 0, "\(answer.narration)")
      #expect(
        Self.rows(of: answer.output).map { $0[0] } == [
          "preflight", "create-cluster", "kubernetes-api", "network-gate", "inject-secrets", "argocd",
          "root-application", "sync-waves", "validate",
        ])
      #expect(answer.narration.contains("applications-by-wave(wave 1): 3 of 3 Synced and Healthy"))
      #expect(!answer.narration.contains("talosctl") && !answer.narration.contains("(wave -1)"))
    }
  }

  @Test func `the spec that init wrote is rehearsed, with stand-ins for the user's secrets`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let program = BuiltProgram(in: folder)
      #expect(try await program.run(["init", "--worker-nodes", "worker01:203.0.113.20"]).status == 0)
      let path = "\(folder)/zerotouch.yaml"
      let text = try String(contentsOfFile: path, encoding: .utf8)
        .replacing("- name: worker01", with: "- name: worker01\n      install: {disk: {model: \"WDC*\"}}")
        .replacing("env:AWS_ACCESS_KEY_ID", with: "env:UNSET_ID")
        .replacing("env:AWS_SECRET_ACCESS_KEY", with: "file:/absent")
      #expect(text.contains("\n    aws:") && text.contains("env:UNSET_ID") && text.contains("file:/absent"))
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      let answer = try await program.run(["rehearse", "--speed", "200"])
      #expect(answer.status == 0, "\(answer.narration)")
      #expect(Self.rows(of: answer.output).contains(["join-worker", "worker01", "done"]))
    }
  }

  @Test func `a spec's stage and secrets are rehearsed on as many machines as are asked for`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let program = BuiltProgram(in: folder)
      #expect(try await program.run(["init", "--worker-nodes", "worker01:203.0.113.20"]).status == 0)
      let path = "\(folder)/zerotouch.yaml"
      let text = try String(contentsOfFile: path, encoding: .utf8)
        .replacing("stage: production", with: "stage: dev").replacing(
          "prefix: /zerotouch/prod", with: "prefix: /zerotouch/dev")
      #expect(text.contains("stage: dev") && text.contains("prefix: /zerotouch/dev"))
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      // With another stage's platform the preflight would refuse the prefix.
      let answer = try await program.run(["rehearse", "--nodes", "control-plane=1", "--speed", "200"])
      #expect(answer.status == 0, "\(answer.narration)")
      #expect(!Self.rows(of: answer.output).contains { $0.contains("worker01") })
      #expect(answer.narration.contains("everything is rehearsed but its machines and its endpoint"))
    }
  }

  @Test(arguments: [
    ("kind", ["--nodes", "control-plane=1"], "describes a preview, which has no machines to number"),
    ("existing", ["--nodes", "control-plane=1"], "describes a preview, which has no machines to number"),
    ("existing", [], "zerotouch rehearse --environment preview"),
  ])
  func `machines are not counted instead of a preview that the file describes`(
    _ provider: String, _ arguments: [String], _ said: String
  ) async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      try """
      apiVersion: zerotouch.dev/v1alpha1
      kind: Cluster
      metadata: {name: mine}
      spec: {provider: \(provider), environment: preview, stage: dev}
      """.write(toFile: "\(folder)/zerotouch.yaml", atomically: true, encoding: .utf8)
      let answer = try await BuiltProgram(in: folder).run(["rehearse"] + arguments)
      #expect(answer.status == 2)
      #expect(answer.narration.contains(said), "\(answer.narration)")
    }
  }

  @Test func `a rehearsal that would take too long on real machines names the steps to blame`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let answer = try await BuiltProgram(in: folder).run(["rehearse", "--speed", "200", "--budget", "5m"])
      #expect(answer.status == 1)
      #expect(answer.output.contains("critical path: preflight"))
      // Nothing holds up a single node, whose second operator waits for another one; and it is said.
      #expect(
        answer.narration.contains(
          "1 of 2 operators ready, as many as 1 schedulable node can hold; pod `cilium-operator"))
      #expect(answer.narration.contains("`install-os/cp01`"))
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

  /// The gates that hold on for long enough to be seen on any machine, by the step that waited for them.
  private static func waits(in text: String) -> Set<[String]> {
    let lines = text.split(separator: "\n").drop { !$0.hasPrefix("STAGE") }.dropFirst().prefix { !$0.isEmpty }
    let found = lines.compactMap { line -> [String]? in
      let words = line.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
      guard words.count > 4, words[4].hasSuffix(":") else { return nil }
      return [words[0], words[1], words[4]]
    }
    let lasting = ["install-os"]
    return Set(found.filter { lasting.contains($0[0]) })
  }
}
