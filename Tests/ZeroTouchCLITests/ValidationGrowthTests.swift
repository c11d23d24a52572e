import Foundation
import TestSupport
import Testing
import ZeroTouchModel

struct ValidationGrowthTests {
  /// The built program; the shell around it tells what processor time it and its children took.
  private static func program(in folder: String) -> BuiltProgram {
    BuiltProgram(in: folder, inside: ["bash", "-c", "\"$@\"; status=$?; times >&2; exit $status", "bash"])
  }

  /// Processor seconds of one validation; kustomizations were built by the one before it.
  private func seconds(objects: Int) async throws -> Double {
    try await withTemporaryFolder { folder in
      let program = Self.program(in: folder)
      let tree = try await program.run(script: "benchmark", ["--tree", "\(folder)/tree", "--objects", "\(objects)"])
      #expect(tree.status == 0, "\(tree.narration)")
      var seconds = 0.0
      for _ in 1...2 {
        let answer = try await program.run(["validate", "\(folder)/tree", "--format", "json"])
        let report = try JSONValue(parsing: answer.output)
        #expect(report["findings"] == [] && report["notes"] == [], "the generated tree is healthy")
        #expect(report[path: "checked", "objects"]?.intValue ?? 0 >= objects)
        seconds = try Self.childSeconds(answer.narration)
      }
      return seconds
    }
  }

  /// The second line of `times`: `0m1.234s 0m0.120s`.
  private static func childSeconds(_ narration: String) throws -> Double {
    let line = try #require(narration.split(separator: "\n").last)
    let parts = try line.split(separator: " ").map { part in
      let numbers = part.dropLast().split(separator: "m")
      return try #require(Double(numbers[0])) * 60 + #require(Double(numbers[1]))
    }
    return parts.reduce(0, +)
  }

  @Test(.timeLimit(.minutes(5)))
  func `ten times the objects take no more than thirty times the processor`() async throws {
    let small = try await seconds(objects: 600)
    let large = try await seconds(objects: 6000)
    #expect(large <= max(small, 0.2) * 30, "600 objects took \(small) s, 6000 took \(large) s")
  }
}
