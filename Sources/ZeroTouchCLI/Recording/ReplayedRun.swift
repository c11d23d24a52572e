import Foundation
import Synchronization
import ZeroTouchModel
import ZeroTouchRecording
import ZeroTouchSimulation

/// A recorded run, made again from its file alone: the same command, in a folder with the same files, against the
/// recorded answers.
struct ReplayedRun: Sendable {
  let recording: Recording
  let seed: UInt64
  /// Words that say how it is told.
  let telling: [String]

  /// Runs it to its end, or to the first call that the recording lacks.
  func perform(in environment: LiveEnvironment) async throws -> ExitStatus {
    let directory = try RehearsalGround.makeDirectory()
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let places = Self.places(in: directory, environment)
    for file in recording.files { try write(file, places) }
    let attempt = ReplayAttempt()
    let stage = ReplayStage(recording, places, seed: seed) { attempt.lacks($0) }
    let replayed = self.environment(directory, places, stage, environment)
    let arguments = recording.ground.arguments.map(places.located) + telling
    let interruption = recording.end.status == ExitStatus.interrupted.rawValue ? recording.end.after : nil
    let ending = await stage.clock.run(atMost: .seconds(30 * 24 * 3600)) {
      await attempt.live(on: stage.clock, interruptedAfter: interruption.map { .seconds($0) }) {
        await Program.end(of: arguments, in: replayed)
      }
    }
    return try conclude(attempt, stage, ending, environment)
  }

  private static func places(in directory: String, _ environment: LiveEnvironment) -> RecordedPlaces {
    var folders = [
      "repository": "\(directory)/repository", "cache": "\(directory)/cache/zerotouch", "home": "\(directory)/home",
      "program": environment.executable,
    ]
    for number in 0..<32 { folders["file\(number)"] = "\(directory)/files/\(number)" }
    return RecordedPlaces(folders)
  }

  private func write(_ file: RecordedFile, _ places: RecordedPlaces) throws {
    let path = places.located(file.path)
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    _ = FileManager.default.createFile(
      atPath: path, contents: file.located(in: places), attributes: [.posixPermissions: 0o600])
  }

  private func environment(
    _ directory: String, _ places: RecordedPlaces, _ stage: ReplayStage, _ environment: LiveEnvironment
  ) -> LiveEnvironment {
    var variables = recording.ground.variables.mapValues(places.located)
    variables["HOME"] = "\(directory)/home"
    variables["XDG_CACHE_HOME"] = "\(directory)/cache"
    var replayed = LiveEnvironment(
      variables: variables, currentDirectory: places.located(recording.ground.directory), console: environment.console,
      concealment: environment.concealment)
    replayed.replay = stage
    return replayed
  }

  private func conclude(
    _ attempt: ReplayAttempt, _ stage: ReplayStage, _ ending: SeededClock.Ending, _ environment: LiveEnvironment
  ) throws -> ExitStatus {
    let time = stage.clock.now.offset.inWords
    if let lack = attempt.lack {
      throw Refusal(
        .runFailed, "the replay ends after \(time): the recording has no answer to `\(lack)`",
        remedy: "replay it with the zerotouch that recorded it, \(recording.ground.program), or record the run again")
    }
    guard let end = attempt.ending else {
      throw Refusal(
        .runFailed, "the replay stands still after \(time): \(ending) waits for what the recording never brings",
        remedy: "record the run again")
    }
    let calls = "replayed \(stage.tools.served) of \(recording.calls.count) calls, \(time) of the run's time"
    let isSame = end.status.rawValue == recording.end.status
    environment.console.narrate(
      isSame
        ? "\(calls): it ended as it was recorded, with status \(recording.end.status)"
        : "\(calls): it ended with status \(end.status.rawValue), and the recorded run with \(recording.end.status): "
          + recording.end.said)
    return end.status
  }
}

/// One replay while it runs: its task, what it lacked, and how it ended.
private final class ReplayAttempt: Sendable {
  private struct State {
    var task: Task<Ending, Never>?
    var lack: String?
    var ending: Ending?
  }

  private let state = Mutex(State())

  var lack: String? { state.withLock(\.lack) }
  var ending: Ending? { state.withLock(\.ending) }

  /// Takes the first call without an answer, and ends the run.
  func lacks(_ call: String) {
    state.withLock { state in
      if state.lack == nil { state.lack = call }
      state.task?.cancel()
    }
  }

  func live(
    on clock: SeededClock, interruptedAfter bound: Duration?, _ work: @escaping @Sendable () async -> Ending
  ) async {
    let task = Task(executorPreference: clock) { await work() }
    state.withLock { $0.task = task }
    let alarm = bound.map { bound in
      Task(executorPreference: clock) {
        if (try? await clock.sleep(for: bound)) != nil { task.cancel() }
      }
    }
    let ending = await task.value
    alarm?.cancel()
    state.withLock { $0.ending = ending }
  }
}
