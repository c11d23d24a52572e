import Foundation
import TestSupport
import Testing
import ZeroTouchModel

/// A rehearsal's cluster that outlived its pipeline, entered as from another terminal; ended with the test.
struct KeptWorld: Sendable {
  let place: String
  /// The program in the copied repository, as after sourcing `activate`.
  let program: BuiltProgram

  /// What the run that left it said.
  let narration: String

  var repository: String { "\(place)/repository" }
  var kubeconfig: String { "\(repository)/.zerotouch/rehearsal/kubeconfig" }

  /// Works in the world that a rehearsal with `--keep` left behind, and ends it whatever happens.
  static func left(
    by answer: BuiltProgram.Answer, of program: BuiltProgram, _ work: (KeptWorld) async throws -> Void
  ) async throws {
    let words = "the rehearsal lies in "
    let line = try #require(answer.narration.split(separator: "\n").first { $0.hasPrefix(words) }, "\(answer)")
    let place = String(line.dropFirst(words.count))
    let world = KeptWorld(
      place: place, program: BuiltProgram(in: "\(place)/repository", activating: place), narration: answer.narration)
    do { try await work(world) } catch {
      _ = try? await program.run(["rehearse", "--stop", place])
      throw error
    }
    let stopped = try await program.run(["rehearse", "--stop", place])
    #expect(stopped.status == 0, "\(stopped.narration)")
    #expect(!FileManager.default.fileExists(atPath: place))
    #expect(try await RunningPrograms.left(naming: place) == [])
  }

  /// Runs a command that has to end well.
  func succeed(_ arguments: String...) async throws -> BuiltProgram.Answer {
    let answer = try await program.run(arguments)
    try #require(answer.status == 0, "\(arguments): \(answer.narration)")
    return answer
  }

  /// Asks the cluster with the real kubectl.
  func ask(_ arguments: String...) async throws -> JSONValue {
    let answer = try await program.tool("kubectl", ["--kubeconfig", kubeconfig] + arguments + ["-o", "json"])
    try #require(answer.status == 0, "\(arguments): \(answer.narration)")
    return try JSONValue(parsing: answer.output)
  }
}

/// The command lines of a run, told with `--events ndjson`, that would change a machine or the cluster.
func clusterChanges(in events: String) -> [String] {
  let commands = events.split(separator: "\n").compactMap { line -> String? in
    guard let event = try? JSONValue(parsing: String(line)), event["event"] == "acting" else { return nil }
    return event["command"]?.stringValue
  }
  let changing = [" apply ", " apply-config ", " bootstrap", " label ", " annotate ", " patch ", " delete ", "ssh "]
  return commands.filter { command in changing.contains { command.contains($0) } }
}
