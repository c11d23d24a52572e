import Foundation
import ZeroTouchModel
import ZeroTouchPipeline
import ZeroTouchRecording
import ZeroTouchTools

/// One run of a command with somebody who listens, and writes down at its end what was heard.
struct RecordedRun: Sendable {
  let arguments: [String]
  /// Where the recording goes.
  let file: String

  init(_ arguments: [String], to file: String) { (self.arguments, self.file) = (arguments, file) }

  /// Runs it; the file is tried before anything is done.
  func perform(
    in environment: LiveEnvironment, _ command: @Sendable (LiveEnvironment) async -> Ending
  ) async throws -> Ending {
    let path = environment.absolute(file)
    try write("", to: path)
    let recorder = Recorder(arguments: Self.withoutRecording(arguments))
    var listening = environment
    listening.recorder = recorder
    let ending = await command(listening)
    let recording = await recorder.recording(
      status: ending.status, said: ending.text, concealment: environment.concealment)
    guard let recording else {
      unlink(path)
      environment.console.narrate("nothing was recorded: no program was asked anything before the end")
      return ending
    }
    try write(try recording.text(), to: path)
    environment.console.narrate(
      "the recording is `\(file)`: read it before you send it to anybody; to see the run again:\n"
        + "  zerotouch rehearse --replay \(file.shellQuoted)")
    return ending
  }

  private func write(_ text: String, to path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
    guard exists, isFolder.boolValue else {
      throw Refusal(
        .inputWrong, "`\(folder)` is no folder; nothing was touched",
        remedy: "name a file in a folder that exists: --record FILE")
    }
    do throws(PipelineError) {
      try Workspace(root: folder).write(Data(text.utf8), to: path)
    } catch {
      throw Refusal(.runFailed, "\(error)", remedy: "name a file that can be written: --record FILE")
    }
  }

  /// The words without those that ask for a recording.
  private static func withoutRecording(_ arguments: [String]) -> [String] {
    var rest: [String] = []
    var isFile = false
    for word in arguments {
      if isFile {
        isFile = false
      } else if word == "--record" {
        isFile = true
      } else if !word.hasPrefix("--record=") {
        rest.append(word)
      }
    }
    return rest
  }
}

/// How a command ended.
struct Ending: Sendable, Hashable {
  let status: ExitStatus
  /// Its last words; empty where all went well.
  let text: String
}
