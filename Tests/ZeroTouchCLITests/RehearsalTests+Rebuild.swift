import Foundation
import TestSupport
import Testing
import ZeroTouchModel

extension RehearsalTests {
  @Test func `a cluster is rebuilt with its secrets and its data, killed on the way, and never twice`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let here = BuiltProgram(in: folder)
      let kept = try await here.run(["rehearse", "--keep"])
      #expect(kept.status == 0, "\(kept.narration)")
      try await KeptWorld.left(by: kept, of: here) { world in
        let line = ["rebuild", "--confirm", "rehearsal", "--budget", "15m"]
        let secrets = try Data(contentsOf: URL(filePath: "\(world.repository)/.zerotouch/rehearsal/secrets.yaml"))
        let before = try await Self.identity(of: world)
        try await Self.isRefused(world, ["rebuild"], saying: "--confirm rehearsal")
        try await Self.isRefused(world, ["rebuild", "--confirm", "production"], saying: "nothing was touched")
        #expect(try await Self.identity(of: world) == before)
        try await Self.isRefused(world, line, saying: "the archive of `orders-1` in `tenant-example` is full")

        try await Self.restoreDatabase(in: world)
        let killed = try await world.program.run(
          line + ["--verbose"], sending: SIGKILL, once: "bootstrap-etcd  wait for etcd-healthy")
        #expect(killed.status == 128 + SIGKILL, "\(killed.narration)")
        let plain = try await world.program.run(["bootstrap"])
        #expect(plain.status == 4, "\(plain.narration)")
        #expect(plain.narration.contains("has not ended"))

        let again = try await world.succeed("rebuild", "--confirm", "rehearsal", "--events", "ndjson")
        // What the first one had made was left alone.
        #expect(!clusterChanges(in: again.narration).contains { $0.contains(" reset ") || $0.contains(" bootstrap") })
        let after = try await Self.identity(of: world)
        #expect(after != before)
        let kept = try Data(contentsOf: URL(filePath: "\(world.repository)/.zerotouch/rehearsal/secrets.yaml"))
        #expect(kept == secrets)
        let database = try await world.ask("get", "clusters.postgresql.cnpg.io", "orders-2", "-n", "tenant-example")
        #expect(database[path: "spec", "bootstrap", "recovery", "source"] == "origin")

        let third = try await world.succeed("rebuild", "--confirm", "rehearsal", "--events", "ndjson")
        #expect(clusterChanges(in: third.narration) == [])
        #expect(try await Self.identity(of: world) == after)
      }
    }
  }

  @Test func `three control planes and two workers are rebuilt, and one of them is replaced`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let here = BuiltProgram(in: folder)
      let kept = try await here.run(["rehearse", "--keep", "--nodes", "control-plane=3,workers=2", "--speed", "60"])
      #expect(kept.status == 0, "\(kept.narration)")
      try await KeptWorld.left(by: kept, of: here) { world in
        try await Self.isRefused(world, ["rebuild", "--confirm", "rehearsal"], saying: "`orders-1`")
        try await Self.restoreDatabase(in: world)
        _ = try await world.succeed("rebuild", "--confirm", "rehearsal", "--budget", "15m")
        let before = try await world.ask("get", "node", "cp03")[path: "metadata", "uid"]
        try await Self.isRefused(world, ["replace", "cp03"], saying: "--confirm rehearsal")
        _ = try await world.succeed("replace", "cp03", "--confirm", "rehearsal")
        #expect(try await world.ask("get", "node", "cp03")[path: "metadata", "uid"] != before)
        let again = try await world.succeed("replace", "cp03", "--confirm", "rehearsal", "--events", "ndjson")
        #expect(clusterChanges(in: again.narration) == [])
        try await Self.isRefused(world, ["replace", "cp01", "--confirm", "rehearsal"], saying: "own address")
        // The database's volumes lie there.
        try await Self.isRefused(
          world, ["replace", "worker02", "--confirm", "rehearsal"], saying: "lie on worker02 alone")
        _ = try await world.succeed("validate", "--cluster")
      }
    }
  }

  /// What tells one cluster of a name from the next.
  private static func identity(of world: KeptWorld) async throws -> JSONValue? {
    try await world.ask("get", "namespace", "kube-system")[path: "metadata", "uid"]
  }

  private static func isRefused(_ world: KeptWorld, _ line: [String], saying words: String) async throws {
    let answer = try await world.program.run(line)
    #expect(answer.status == 5 || answer.status == 4, "\(line): \(answer.narration)")
    #expect(answer.narration.contains(words), "\(line): \(answer.narration)")
  }

  /// Commits that the example's database begins with the archive of the one before.
  private static func restoreDatabase(in world: KeptWorld) async throws {
    let folder = "\(world.repository)/tenants/applications/example"
    for (file, old, new) in [
      ("database", "spec:\n", "spec:\n  incarnation: 2\n  restore: {fromIncarnation: 1}\n"),
      ("worker", "orders-1-app", "orders-2-app"), ("shop", "orders-1-app", "orders-2-app"),
    ] {
      let path = "\(folder)/\(file).yaml"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try #require(text.contains(old))
      try text.replacing(old, with: new, maxReplacements: 1).write(toFile: path, atomically: true, encoding: .utf8)
    }
    let author = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"]
    let answer = try await world.program.tool(
      "git", ["-C", world.repository] + author + ["commit", "--quiet", "--all", "--message", "Restore the database"])
    try #require(answer.status == 0, "\(answer.narration)")
  }
}
