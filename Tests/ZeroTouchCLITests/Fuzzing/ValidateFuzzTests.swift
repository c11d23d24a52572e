import Foundation
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools

/// Spoiled repositories through the whole of `zerotouch validate`: findings or a clear error, in bounded time and memory.
///
/// `ZEROTOUCH_FUZZ_CASES` and `ZEROTOUCH_FUZZ_SEED` make it longer and other; a case that fails is named by its seed.
struct ValidateFuzzTests {
  private static let variables = ProcessInfo.processInfo.environment
  private static let cases = variables["ZEROTOUCH_FUZZ_CASES"].flatMap(Int.init) ?? 120
  private static let first = variables["ZEROTOUCH_FUZZ_SEED"].flatMap(UInt64.init) ?? 1
  private static let batch = 12
  private static let formats = ["text", "json", "sarif", "junit", "github"]

  /// The program with a bound on its memory, and one on its time that a busy machine does not reach.
  private static func program(in folder: String) -> BuiltProgram {
    BuiltProgram(in: folder, inside: ["bash", "-c", "ulimit -v 3000000; exec timeout -s KILL 240 \"$@\"", "bash"])
  }

  @Test func `spoiled repositories end in findings or a clear error`() async throws {
    let starts = stride(from: 0, to: Self.cases, by: Self.batch).map { $0 }
    let failures = try await starts.mapSideBySide(atMost: 2) { start in
      try await Self.failures(of: (start..<min(start + Self.batch, Self.cases)).map { Self.first + UInt64($0) })
    }
    for failure in failures.flatMap(\.self) { Issue.record("\(failure)") }
  }

  /// Runs a batch in one process; where that ends badly, every case by itself to find the one.
  private static func failures(of seeds: [UInt64]) async throws -> [String] {
    try await withTemporaryFolder(named: "fuzz") { folder in
      for seed in seeds {
        var repository = FuzzedRepository("\(folder)/\(seed)", seed: seed)
        try repository.write()
      }
      let format = formats[Int(seeds[0] / UInt64(batch)) % formats.count]
      let names = seeds.map(String.init)
      guard try await complaint(about: names, format, in: folder) != nil else { return [] }
      var found: [String] = []
      for name in names {
        if let words = try await complaint(about: [name], format, in: folder) {
          found.append("case \(name) as \(format): \(words)")
        }
      }
      return found.isEmpty ? ["cases \(names.first ?? "") to \(names.last ?? "") fail together only"] : found
    }
  }

  /// What is wrong with how the program ended; nil where nothing is.
  private static func complaint(about names: [String], _ format: String, in folder: String) async throws -> String? {
    let answer = try await program(in: folder).run(["validate"] + names + ["--format", format])
    let words = answer.narration.suffix(1500)
    guard [0, 2].contains(answer.status) else { return "it ended with \(answer.status): \(words)" }
    // Only a refusal of all the input says nothing on standard output.
    return answer.output.isEmpty && format != "github" ? "it printed nothing: \(words)" : nil
  }
}
