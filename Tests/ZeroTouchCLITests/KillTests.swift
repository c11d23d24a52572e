import Foundation
import TestSupport
import Testing
import ZeroTouchModel

/// The real program, killed with −9 while it bootstraps a rehearsed cluster: again and again in one world, and, where it
/// is asked for, at every position of its journal, each in a world of its own.
@Suite(.rehearsals) struct KillTests {
  private static let kills = 20
  /// At every how manieth position; nil leaves the matrix out.
  private static let stride = ProcessInfo.processInfo.environment["ZEROTOUCH_CRASH_MATRIX"].flatMap { Int($0) }
  /// About how many events a bootstrap of three machines tells.
  private static let events = 320

  @Test(.timeLimit(.minutes(60)))
  func `a bootstrap that is killed twenty times comes to its end, and nothing is done twice`() async throws {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let here = BuiltProgram(in: folder)
      let line = ["rehearse", "--keep", "--nodes", "control-plane=1,workers=2", "--events", "ndjson"]
      let first = try await here.run(line, killedAfter: 25)
      #expect(first.status == 128 + SIGKILL)
      try await KeptWorld.left(by: first, of: here) { world in
        var told = [first.narration]
        for kill in 1..<Self.kills {
          let position = 25 + kill * Self.events / Self.kills
          let answer = try await world.program.run(["bootstrap", "--events", "ndjson"], killedAfter: position)
          told.append(answer.narration)
          // It came to its end before it could be killed.
          if answer.status == 0 { break }
        }
        told.append(try await world.succeed("bootstrap", "--events", "ndjson").narration)
        Self.expectNothingTwice(in: told)
        Self.expectNothingAgain(in: told)
        #expect(clusterChanges(in: try await world.succeed("bootstrap", "--events", "ndjson").narration) == [])
      }
    }
  }

  @Test(
    .enabled(if: stride != nil, "takes an hour: ZEROTOUCH_CRASH_MATRIX=1 scripts/test --filter KillTests"),
    .timeLimit(.minutes(300)))
  func `killed at any position of its journal, the program comes to its end when it is run again`() async throws {
    let positions = Array(Swift.stride(from: 1, to: Self.events, by: Self.stride ?? 1))
    let killed = await positions.mapSideBySide(atMost: 4) { await Self.tell(of: $0) }.count { $0 }
    print("killed at \(killed) of \(positions.count) positions, each in a world of its own")
    #expect(killed > positions.count / 2)
  }

  /// Says at once how it went, for hours are long; one position that breaks a promise leaves the others their turn.
  private static func tell(of position: Int) async -> Bool {
    do {
      let wasKilled = try await killOnce(after: position)
      print("position \(position) \(wasKilled ? "killed, and run again to its end" : "lies behind the end")")
      return wasKilled
    } catch {
      Issue.record(error, "killed after \(position)")
      return true
    }
  }

  /// Kills one bootstrap, and runs it again; false where it came to its end before.
  private static func killOnce(after position: Int) async throws -> Bool {
    try await withTemporaryFolder { folder in
      try copyRepository(to: folder)
      let here = BuiltProgram(in: folder)
      let line = ["rehearse", "--keep", "--nodes", "control-plane=1,workers=2", "--events", "ndjson"]
      let first = try await here.run(line, killedAfter: position)
      try await KeptWorld.left(by: first, of: here) { world in
        let again = try await world.succeed("bootstrap", "--events", "ndjson")
        expectNothingAgain(in: [first.narration, again.narration], "killed after \(position)")
        #expect(
          clusterChanges(in: try await world.succeed("bootstrap", "--events", "ndjson").narration) == [],
          "killed after \(position)")
      }
      return first.status == 128 + SIGKILL
    }
  }

  /// What is done once is announced in one run, and perhaps made in the next, where the kill came between the two.
  private static func expectNothingTwice(in told: [String]) {
    for word in [" bootstrap", "bash -euo pipefail -s", " reboot"] {
      let runs = told.map { Set(clusterChanges(in: $0).filter { $0.contains(word) }) }
      for change in Set(runs.joined()) { #expect(runs.count { $0.contains(change) } <= 2, "\(change)") }
    }
  }

  /// What a run saw through is not done again by a later one. Of a step that was cut short the last change may be lost.
  private static func expectNothingAgain(in told: [String], _ comment: Comment? = nil) {
    let runs = told.map(ToldChanges.init)
    for (number, run) in runs.enumerated() {
      for later in runs.dropFirst(number + 1) {
        #expect(run.seenThrough.intersection(later.all) == [], comment)
      }
    }
  }
}

/// The changes that a run told with `--events ndjson`, each behind the step that made it.
private struct ToldChanges {
  private(set) var all: Set<String> = []
  /// Those behind which the run went on.
  private(set) var seenThrough: Set<String> = []

  /// These are told before the look that may find them made: a disk's mark, kubectl diff, the gate of a hand-over.
  private static let looksFirst = ["bash -euo pipefail -s", " apply ", "no-reboot"]

  init(_ narration: String) {
    var pending: [String: String] = [:]
    for line in narration.split(separator: "\n") {
      guard let event = try? JSONValue(parsing: String(line)), let step = event["step"]?.stringValue,
        ["acting", "done"].contains(event["event"])
      else { continue }
      if let change = pending.removeValue(forKey: step) { seenThrough.insert(change) }
      guard let command = event["command"]?.stringValue, !clusterChanges(in: String(line)).isEmpty,
        !Self.looksFirst.contains(where: command.contains)
      else { continue }
      pending[step] = "\(step) \(command)"
      all.insert("\(step) \(command)")
    }
  }
}
