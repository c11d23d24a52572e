import Foundation
import ZeroTouchModel
import ZeroTouchRecording

extension RehearseCommand {
  /// Runs a recording again, from its file alone.
  func run(again file: String, _ environment: LiveEnvironment) async throws -> ExitStatus {
    guard let data = FileManager.default.contents(atPath: environment.absolute(file)) else {
      throw Refusal(.inputWrong, "`\(file)` cannot be read", remedy: "name a file that `--record FILE` wrote")
    }
    let recording = try Recording(parsing: String(decoding: data, as: UTF8.self), file: file)
    return try await ReplayedRun(recording: recording, seed: seed, telling: telling).perform(in: environment)
  }

  /// The words that tell another command to say things as this one was told to.
  private var telling: [String] {
    (output.output == .json ? ["--output", "json"] : []) + (output.verbose ? ["--verbose"] : [])
      + (events.events == .ndjson ? ["--events", "ndjson"] : [])
  }
}
