import Foundation
import ZeroTouchModel
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

  init(variables: [String: String] = ProcessInfo.processInfo.environment) {
    self.variables = variables
    currentDirectory = FileManager.default.currentDirectoryPath
    executable = Self.ownPath()
    concealment = Concealment(CredentialVariables.secrets(in: variables))
    console = Console(environment: variables, concealment: concealment)
  }

  /// The wall-clock time.
  var now: Date { Self.wallClock() }

  /// Asks for the wall-clock time.
  static let wallClock: @Sendable () -> Date = { Date() }

  /// Starts the real programs: those of `shims` first, then those on PATH.
  func tools(shims: [String] = [], additions: [String: String] = [:]) -> SubprocessToolRunner {
    SubprocessToolRunner(
      environment: ToolEnvironment(inheriting: variables, shims: shims, additions: additions), clock: clock)
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
