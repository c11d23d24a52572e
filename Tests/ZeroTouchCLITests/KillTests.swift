import Foundation
import TestSupport
import Testing
import ZeroTouchModel

/// The real program, killed with −9 again and again while it bootstraps a rehearsed cluster.
///
/// `ZEROTOUCH_KILLS` says how often; with as many as a bootstrap has events, every position is met.
@Suite(.rehearsals) struct KillTests {
  private static let kills = ProcessInfo.processInfo.environment["ZEROTOUCH_KILLS"].flatMap { Int($0) } ?? 20
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
        for word in [" bootstrap", "bash -euo pipefail -s", " reboot"] {
          let runs = told.map { Set(clusterChanges(in: $0).filter { $0.contains(word) }) }
          for change in Set(runs.joined()) {
            // Announced in one run and made in the next, where the kill came between the two.
            #expect(runs.count { $0.contains(change) } <= 2, "\(change)")
          }
        }
        #expect(clusterChanges(in: try await world.succeed("bootstrap", "--events", "ndjson").narration) == [])
      }
    }
  }
}
