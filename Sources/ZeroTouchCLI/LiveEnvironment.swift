import Foundation
import ZeroTouchModel
import ZeroTouchRecording
import ZeroTouchSimulation
import ZeroTouchTools

/// The composition root: the real clock, the real programs, the real terminal. The only place that makes them.
struct LiveEnvironment: Sendable {
  let variables: [String: String]
  let currentDirectory: String
  /// The path of the running program itself.
  let executable: String
  let console: Console
  /// The secrets met so far: those of the variables from the start.
  let concealment: Concealment
  let clock = ContinuousClock()
  /// Who writes down what is asked and answered, where somebody does.
  var recorder: Recorder?
  /// What stands in the place of the world, in a replay.
  var replay: ReplayStage?

  init(variables: [String: String] = ProcessInfo.processInfo.environment) {
    let concealment = Concealment(CredentialVariables.secrets(in: variables))
    self.init(
      variables: variables, currentDirectory: FileManager.default.currentDirectoryPath,
      console: Console(environment: variables, concealment: concealment), concealment: concealment)
  }

  init(variables: [String: String], currentDirectory: String, console: Console, concealment: Concealment) {
    (self.variables, self.currentDirectory) = (variables, currentDirectory)
    (self.console, self.concealment) = (console, concealment)
    executable = Self.ownPath()
  }

  /// The wall-clock time.
  var now: Date { replay?.now ?? Date() }

  /// Starts the real programs: those of `shims` first, then those on PATH. `clock` has the times of a recording, and of
  /// what goes wrong with calls.
  func tools(
    shims: [String] = [], additions: [String: String] = [:], timedBy clock: (any Clock<Duration>)? = nil,
    disturbedBy hazards: [CallHazard] = []
  ) -> any ToolRunner {
    if let replay { return replay.tools }
    let clock = clock ?? self.clock
    let programs = SubprocessToolRunner(
      environment: ToolEnvironment(inheriting: variables, shims: shims, additions: additions), clock: self.clock)
    let tools: any ToolRunner = hazards.isEmpty ? programs : DisturbedTools(programs, hazards, clock: clock)
    return recorder.map { RecordingTools(tools, $0, clock: clock) } ?? tools
  }

  /// A path as the caller meant it: relative ones start at the current directory.
  func absolute(_ path: String) -> String {
    let expanded = (path as NSString).expandingTildeInPath
    let full = expanded.hasPrefix("/") ? expanded : "\(currentDirectory)/\(expanded)"
    return URL(fileURLWithPath: full).standardizedFileURL.path
  }

  /// Where artifacts are kept once they were fetched.
  var cacheDirectory: String {
    let base = variables["XDG_CACHE_HOME"] ?? "\(variables["HOME"] ?? "/tmp")/.cache"
    return "\(base)/zerotouch"
  }

  private static func ownPath() -> String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }
}
