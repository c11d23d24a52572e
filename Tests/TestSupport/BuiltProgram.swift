import Foundation
import Synchronization
import ZeroTouchTools

/// The built `zerotouch`, started as a person starts it.
package struct BuiltProgram: Sendable {
  package struct Answer: Sendable, Hashable {
    package let status: Int32
    package let output: String
    package let narration: String
  }

  /// The top of the package.
  package static let packageRoot: String = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  private let runner: SubprocessToolRunner
  private let directory: String
  /// The command line that the program's own is handed to.
  private let surroundings: [String]

  /// - Parameters:
  ///   - directory: The current directory of the program.
  ///   - path: `PATH`; the tools that scripts/tools brings come first where none is given.
  ///   - surroundings: A program with arguments that runs the command line behind it, such as `unshare`.
  package init(in directory: String, path: String? = nil, home: String? = nil, inside surroundings: [String] = []) {
    let usual = "\(Self.packageRoot)/.tools/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
    // What the program leaves in its temporary folder goes with the test, and a test can see it; this package is read,
    // never written.
    let place = directory == Self.packageRoot ? "\(directory)/.build" : directory
    let environment = ["PATH": path ?? usual, "HOME": home ?? place, "TMPDIR": place]
    runner = SubprocessToolRunner(environment: ToolEnvironment(inheriting: environment), clock: ContinuousClock())
    self.directory = directory
    self.surroundings = surroundings
  }

  /// The program in a rehearsal that was kept, as after sourcing its `activate`.
  package init(in directory: String, activating place: String, inside surroundings: [String] = []) {
    let usual = "\(Self.packageRoot)/.tools/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
    let environment = ["PATH": "\(place)/bin:\(usual)", "HOME": directory, "TMPDIR": place]
    let additions = [
      "XDG_CACHE_HOME": "\(place)/cache", "AWS_ACCESS_KEY_ID": "AKIAREHEARSAL",
      "AWS_SECRET_ACCESS_KEY": "rehearsed-secret", "ZEROTOUCH_STAND_IN": "rehearsed-value",
    ]
    runner = SubprocessToolRunner(
      environment: ToolEnvironment(inheriting: environment, additions: additions), clock: ContinuousClock())
    self.directory = directory
    self.surroundings = surroundings
  }

  /// Runs to the end; a program that hangs fails the test after five minutes, or what else is enough.
  package func run(_ arguments: [String], within bound: Duration = .seconds(300)) async throws -> Answer {
    var invocation = invocation(of: Self.executable, arguments)
    invocation.deadline = bound
    let output = try await runner.run(invocation)
    return Answer(status: output.status, output: output.text, narration: output.errorText)
  }

  /// The surroundings of this process, with the tools of this package first on PATH.
  package static var variables: [String: String] {
    var variables = ProcessInfo.processInfo.environment
    variables["PATH"] = "\(packageRoot)/.tools/bin:\(variables["PATH"] ?? "/usr/bin:/bin")"
    return variables
  }

  /// Runs bash with these words; the built program comes first on its PATH.
  package func shell(_ words: [String]) async throws -> Answer {
    let products = URL(filePath: Self.executable).deletingLastPathComponent().path
    let script = "PATH=\"$1:$PATH\" && shift && exec bash \"$@\""
    let output = try await runner.run(
      ToolInvocation("/bin/sh", ["-c", script, "sh", products] + words, deadline: .seconds(120)))
    return Answer(status: output.status, output: output.text, narration: output.errorText)
  }

  /// Runs a script of this package's `scripts` folder to its end, with the built program first on its PATH.
  package func run(script: String, _ arguments: [String] = []) async throws -> Answer {
    let text = "cd \"$1\" && PATH=\"$2:$PATH\" && shift 2 && exec \"$@\""
    let products = URL(filePath: Self.executable).deletingLastPathComponent().path
    let words = ["-c", text, "sh", directory, products, "\(Self.packageRoot)/scripts/\(script)"] + arguments
    let output = try await runner.run(ToolInvocation("/bin/sh", words, deadline: .seconds(120)))
    return Answer(status: output.status, output: output.text, narration: output.errorText)
  }

  /// Runs to the end, and sends the program, not its children, a signal once it has said some words.
  ///
  /// A shell that reads the narration sends it: this process may be busy with other tests when the words come.
  package func run(_ arguments: [String], sending signal: Int32, once words: String) async throws -> Answer {
    let script = """
      cd "$1"; words=$2; signal=$3; shift 3; program=$$
      exec "$@" 2> >(
        while IFS= read -r line; do
          printf '%s\\n' "$line"
          case $line in *"$words"*) [ -n "$signal" ] && kill -"$signal" "$program"; signal= ;; esac
        done >&2)
      """
    let line = ["-c", script, "bash", directory, words, "\(signal)"] + surroundings + [Self.executable] + arguments
    let output = try await runner.run(ToolInvocation("bash", line, deadline: .seconds(300)))
    return Answer(status: output.status, output: output.text, narration: output.errorText)
  }

  /// Runs until it has said so many lines, and is killed with −9 then; to its end where it says fewer.
  package func run(_ arguments: [String], killedAfter lines: Int) async throws -> Answer {
    let script = """
      cd "$1"; left=$2; shift 2; program=$$
      exec "$@" 2> >(
        while IFS= read -r line; do
          printf '%s\\n' "$line"
          left=$((left - 1))
          [ "$left" = 0 ] && kill -9 "$program"
        done >&2)
      """
    let line = ["-c", script, "bash", directory, "\(lines)"] + surroundings + [Self.executable] + arguments
    let output = try await runner.run(ToolInvocation("bash", line, deadline: .seconds(300)))
    return Answer(status: output.status, output: output.text, narration: output.errorText)
  }

  /// Runs one of the tools beside the program, in the same surroundings.
  package func tool(_ name: String, _ arguments: [String]) async throws -> Answer {
    let output = try await runner.run(invocation(of: name, arguments))
    return Answer(status: output.status, output: output.text, narration: output.errorText)
  }

  private func invocation(of program: String, _ arguments: [String]) -> ToolInvocation {
    let script = "cd \"$1\" && shift && exec \"$@\""
    return ToolInvocation(
      "/bin/sh", ["-c", script, "sh", directory] + surroundings + [program] + arguments, deadline: .seconds(300))
  }

  /// The product beside the tests.
  package static var executable: String {
    URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "zerotouch").path
  }
}
