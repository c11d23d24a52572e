import Foundation
import TestSupport
import Testing
import ZeroTouchModel

/// Bootstraps without processes and in virtual time, held against real ones.
@Suite(.simulations) struct SimulationTests {
  @Test func `a simulated bootstrap runs the programs of a rehearsal and sees what it sees`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let program = BuiltProgram(in: folder)
      let machines = ["--nodes", "control-plane=1,workers=1", "--events", "ndjson"]
      let rehearsed = try await program.run(["rehearse"] + machines)
      #expect(rehearsed.status == 0, "\(rehearsed.narration)")
      let simulated = try await program.run(["simulate", "--calm", "--whole-platform"] + machines)
      #expect(simulated.status == 0, "\(simulated.narration)")
      let (real, virtual) = (Told(rehearsed.narration), Told(simulated.narration))
      // Where the laptop is slow, what a step only waits for may have come before anybody asked.
      let overtaken = real.firstSights.filter { $0.value == "done" && virtual.waits.contains($0.key) }
      let unheard = virtual.commands.subtracting(real.commands).filter { command in
        !overtaken.keys.contains { command.hasPrefix("\($0) ") }
      }
      #expect(real.commands.subtracting(virtual.commands) == [])
      #expect(unheard == [])
      #expect(real.firstSights == virtual.firstSights.merging(overtaken) { $1 })
      #expect(real.ends == virtual.ends)
    }
  }

  @Test func `a seed makes the same run happen again, down to the last word`() async throws {
    try await withTemporaryFolder(inMemory: true) { folder in
      try copyRepository(to: folder)
      let program = BuiltProgram(in: folder)
      let line = ["simulate", "--nodes", "control-plane=1", "--seed", "3", "--events", "ndjson"]
      let answers = try await [program.run(line), program.run(line)].map { Told.masked($0.narration) }
      #expect(answers[0] == answers[1])
      let other = try await program.run(line.map { $0 == "3" ? "4" : $0 })
      #expect(Told.masked(other.narration) != answers[0])
    }
  }

  /// How many runs of the pipeline are simulated; `ZEROTOUCH_SIMULATED_RUNS` wants more, or less.
  private static let runs = ProcessInfo.processInfo.environment["ZEROTOUCH_SIMULATED_RUNS"].flatMap(Int.init) ?? 10_000

  @Test func `thousands of runs, disturbed and killed, keep every promise`() async throws {
    try await withTemporaryFolder(inMemory: true) { folder in
      try copyRepository(to: folder)
      let answer = try await BuiltProgram(in: folder).run(
        ["simulate", "--runs", "\(Self.runs)"], within: .seconds(60 + Self.runs / 2))
      #expect(answer.status == 0, "\(answer.output)\(answer.narration)")
      let line = try #require(
        answer.output.firstMatch(of: /([0-9]+) clusters bootstrapped in ([0-9]+) runs of the pipeline/))
      #expect(Int(line.2).map { $0 >= Self.runs } == true, "\(answer.output)")
      #expect(answer.output.contains("\n0 broke a promise"))
    }
  }

  /// What broke a promise once.
  @Test(arguments: [
    // The API was away when Talos wanted to try its manifests again, and it never did.
    ["--seed", "10", "--nodes", "control-plane=1"],
    // A look that got no answer was taken for a change that was not made.
    ["--seed", "16", "--nodes", "control-plane=1,workers=2"],
    // The same of the hand-over, where a gate is looked at.
    ["--seed", "2060", "--nodes", "control-plane=1"],
    // A rebuild that was killed on its last word was held against the plan of one that has not begun.
    ["--seed", "2", "--nodes", "control-plane=1", "--rebuild"],
  ])
  func `seeds that were found to break a promise keep it`(words: [String]) async throws {
    try await withTemporaryFolder(inMemory: true) { folder in
      try copyRepository(to: folder)
      let answer = try await BuiltProgram(in: folder).run(["simulate"] + words)
      #expect(answer.status == 0, "\(answer.output)\(answer.narration)")
    }
  }

  @Test func `killed at every position of its journal, a bootstrap comes to the same world when it is run again`()
    async throws
  {
    try await withTemporaryFolder(inMemory: true) { folder in
      try copyRepository(to: folder)
      let answer = try await BuiltProgram(in: folder).run(
        ["simulate", "--crash-matrix"], within: .seconds(1200))
      #expect(answer.status == 0, "\(answer.output)\(answer.narration)")
      let line = try #require(
        answer.output.firstMatch(of: /killed at ([0-9]+) positions of the journal: ([0-9]+) came/))
      #expect(line.1 == line.2 && Int(line.1).map { $0 >= 200 } == true, "\(answer.output)")
    }
  }

  @Test(arguments: [("control-plane=1", "6"), ("control-plane=3,workers=2", "4")])
  func `clusters that are rebuilt while things go wrong come back as they were, and nothing is wiped twice`(
    nodes: String, clusters: String
  ) async throws {
    try await withTemporaryFolder(inMemory: true) { folder in
      try copyRepository(to: folder)
      let answer = try await BuiltProgram(in: folder).run([
        "simulate", "--rebuild", "--clusters", clusters, "--nodes", nodes,
      ])
      #expect(answer.status == 0, "\(answer.output)\(answer.narration)")
      #expect(answer.output.contains("0 broke a promise"))
    }
  }

  /// Killed behind its last step, seed 0 broke a promise: what came next is no rebuild any more, and was judged as one.
  @Test func `a rebuild that is killed once it has ended is a bootstrap when it is run again`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let program = BuiltProgram(in: folder)
      let line = ["simulate", "--rebuild", "--nodes", "control-plane=1"]
      let calm = try await program.run(line + ["--calm"])
      let events = try #require(calm.output.firstMatch(of: /run 0: lives, ([0-9]+) events/).flatMap { Int($0.1) })
      let killed = try await program.run(line + ["--kill-at", "\(events - 1)"])
      #expect(killed.status == 0, "\(killed.output)\(killed.narration)")
      #expect(killed.output.contains("run 0: killed(at: \(events - 1))"), "\(killed.output)")
    }
  }

  @Test(arguments: [["cp03"], ["cp02", "--dead"], ["worker01"], ["worker02", "--dead"]])
  func `a node that is replaced while things go wrong comes back, and the others are left alone`(
    node: [String]
  ) async throws {
    try await withTemporaryFolder(inMemory: true) { folder in
      try copyRepository(to: folder)
      let answer = try await BuiltProgram(in: folder).run(
        ["simulate", "--nodes", "control-plane=3,workers=2", "--clusters", "3", "--replace"] + node)
      #expect(answer.status == 0, "\(answer.output)\(answer.narration)")
      #expect(answer.output.contains("0 broke a promise"))
    }
  }

  @Test func `every fault that is rehearsed ends as its page says`() async throws {
    try await withTemporaryFolder(inMemory: true) { folder in
      try copyRepository(to: folder)
      let answer = try await BuiltProgram(in: folder).run(["simulate", "--faults"])
      #expect(answer.status == 0, "\(answer.narration)")
      let page = try String(contentsOfFile: "\(BuiltProgram.packageRoot)/docs/faults.md", encoding: .utf8)
      #expect(answer.output == page, "made anew by: scripts/simulate --faults > docs/faults.md")
      #expect(page.split(separator: "\n").count { $0.hasPrefix("| `") } >= 40)
    }
  }

  @Test func `a broken promise ends the command with the line that breaks it again`() async throws {
    try await withTemporaryFolder(inMemory: true) { folder in
      try copyRepository(to: folder)
      let path = "\(folder)/platform/01-foundation/external-secrets.yaml"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try text.replacing("chart: external-secrets", with: "chart: no-such-chart")
        .write(toFile: path, atomically: true, encoding: .utf8)
      let answer = try await BuiltProgram(in: folder).run(
        ["simulate", "--seed", "7", "--calm", "--nodes", "control-plane=1"])
      #expect(answer.status == 1)
      #expect(answer.narration.contains("an undisturbed run converges"))
      #expect(answer.narration.contains("again: scripts/simulate --seed 7 --nodes control-plane=1,workers=0 --calm"))
    }
  }
}

/// What a run told with `--events ndjson`: which programs it started, what its probes saw, how its steps ended.
private struct Told {
  private(set) var commands: Set<String> = []
  private(set) var firstSights: [String: String] = [:]
  private(set) var ends: Set<String> = []

  init(_ narration: String) {
    for line in narration.split(separator: "\n") {
      guard let event = try? JSONValue(parsing: Self.masked(String(line))), let kind = event["event"]?.stringValue
      else { continue }
      let step = event["step"]?.stringValue ?? ""
      if let command = event["command"]?.stringValue { commands.insert("\(step) \(command)") }
      if kind == "observed", firstSights[step] == nil { firstSights[step] = event["state"]?.stringValue }
      if ["done", "found", "failed", "stopped"].contains(kind) { ends.insert(step) }
    }
  }

  /// The steps that change nothing and only wait.
  var waits: Set<String> {
    let changing = commands.filter {
      !$0.split(separator: " ").dropFirst().joined(separator: " ").hasPrefix("wait for")
    }
    return Set(firstSights.keys).subtracting(changing.map { String($0.prefix { $0 != " " }) })
  }

  /// The folders of a run are named at random, and a simulated one keeps its state elsewhere.
  static func masked(_ text: String) -> String {
    text.replacing(/[^'"]*\/zerotouch-rehearsal-[A-Za-z0-9]+/, with: "")
      .replacing("/repository/.zerotouch/rehearsal", with: "/state").replacing(/\/runs\/[0-9]+/, with: "/state")
  }
}
