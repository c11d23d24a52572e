import Foundation
import Synchronization
import TestSupport
import Testing
import ZeroTouchModel
import ZeroTouchTools

/// The runner against real children: the few tests that need real time, and little of it.
struct SubprocessToolRunnerTests {
  private func runner(
    parent: [String: String] = [:], limit: Int = 64 << 20, grace: Duration = .milliseconds(200)
  ) -> SubprocessToolRunner {
    let environment = ["PATH": "/usr/bin:/bin"].merging(parent) { $1 }
    return SubprocessToolRunner(
      environment: ToolEnvironment(inheriting: environment), clock: ContinuousClock(), outputLimit: limit, grace: grace)
  }

  private func shell(
    _ script: String, _ arguments: String..., input: ToolInvocation.Input = .none, deadline: Duration? = .seconds(120)
  ) -> ToolInvocation {
    ToolInvocation("sh", ["-c", script, "sh"] + arguments, input: input, deadline: deadline)
  }

  @Test func `both streams and the exit status come back`() async throws {
    let output = try await runner().run(shell("echo out; echo err >&2; exit 7"))
    #expect(output == ToolOutput(status: 7, standardOutput: Data("out\n".utf8), standardError: Data("err\n".utf8)))
  }

  @Test func `a program that dies of a signal answers 128 and its number`() async throws {
    #expect(try await runner().run(shell("kill -TERM $$")).status == 143)
  }

  @Test func `a secret travels on standard input`() async throws {
    let output = try await runner().run(shell("cat", input: .secret(Secret("hush"))))
    #expect(output.text == "hush")
  }

  @Test func `an input larger than a pipe does not trouble a program that reads ten bytes of it`() async throws {
    let large = String(repeating: "0123456789", count: 1_000_000)
    let output = try await runner().run(ToolInvocation("head", ["-c", "10"], input: .text(large)))
    #expect(output.text == "0123456789")
  }

  @Test func `an input file that does not exist is named`() async throws {
    let invocation = shell("cat", input: .file("/nowhere/at all"))
    let error = await #expect(throws: ToolError.self) { try await runner().run(invocation) }
    #expect(error?.description.contains("its input `/nowhere/at all` could not be opened") == true)
  }

  @Test func `the environment is small and names no cluster of the user`() async throws {
    let parent = [
      "KUBECONFIG": "/home/u/.kube/config", "TALOSCONFIG": "/t", "AWS_SECRET_ACCESS_KEY": "s", "HOME": "/h",
    ]
    let output = try await runner(parent: parent).run(
      ToolInvocation("env", [], environment: ["AWS_REGION": "eu-central-1"]))
    let names = Set(output.text.split(separator: "\n").compactMap { $0.split(separator: "=").first.map(String.init) })
    #expect(names == ["HOME", "PATH", "LANG", "AWS_REGION"])
  }

  @Test func `output is seen while the program still runs`() async throws {
    try await withTemporaryFolder { folder in
      // The program goes on only when the file exists, and the file is made only when its first line was seen.
      let script = "echo first; while [ ! -e \"$1/go\" ]; do sleep 0.02; done; echo second"
      let output = try await runner().run(shell(script, folder)) { chunk in
        if case .standardOutput(let data) = chunk, String(decoding: data, as: UTF8.self).hasPrefix("first") {
          _ = FileManager.default.createFile(atPath: "\(folder)/go", contents: nil)
        }
      }
      #expect(output.text == "first\nsecond\n")
    }
  }

  @Test func `a passed deadline ends the program and its children, also those that ignore the signal`() async throws {
    try await withTemporaryFolder { folder in
      let stubborn = "trap '' TERM; echo $$ >\"$1/child\"; while :; do sleep 0.05; done"
      let invocation = shell(
        "sh -c '\(stubborn.replacing("'", with: "'\\''"))' sh \"$1\" & wait", folder, deadline: .seconds(8))
      await #expect(throws: ToolError.timedOut(invocation, after: .seconds(8))) {
        try await runner().run(invocation)
      }
      let child = try #require(try Self.processIdentifier(in: "\(folder)/child"))
      try await Self.dies(child)
    }
  }

  @Test func `cancelling ends the program and says so`() async throws {
    try await withTemporaryFolder { folder in
      let invocation = shell("echo $$ >\"$1/pid\"; echo up; exec sleep 60", folder, deadline: nil)
      let (started, continuation) = AsyncStream.makeStream(of: Void.self)
      let task = Task { try await runner().run(invocation) { _ in continuation.yield() } }
      for await _ in started { break }
      task.cancel()
      await #expect(throws: ToolError.cancelled(invocation)) { try await task.value }
      let child = try #require(try Self.processIdentifier(in: "\(folder)/pid"))
      try await Self.dies(child)
    }
  }

  @Test func `too much output ends the program`() async throws {
    let invocation = shell("yes")
    await #expect(throws: ToolError.tooMuchOutput(invocation, limit: 100_000)) {
      try await runner(limit: 100_000).run(invocation)
    }
  }

  @Test func `a watch is observed and not collected`() async throws {
    let seen = Mutex(0)
    let invocation = shell("head -c 300000 /dev/zero", deadline: nil)
    let output = try await runner(limit: 100_000).run(invocation) { chunk in
      if case .standardOutput(let data) = chunk { seen.withLock { $0 += data.count } }
    }
    #expect(output.standardOutput.isEmpty)
    #expect(seen.withLock { $0 } == 300_000)
  }

  @Test func `a program that is missing, not executable or no program is told apart`() async throws {
    try await withTemporaryFolder { folder in
      let tools = runner(parent: ["PATH": folder])
      await #expect(throws: ToolError.notFound(tool: "kubectl")) { try await tools.run(ToolInvocation("kubectl", [])) }

      let path = "\(folder)/kubectl"
      _ = FileManager.default.createFile(atPath: path, contents: Data("not a program".utf8))
      await #expect(throws: ToolError.notExecutable(tool: "kubectl", path: path)) {
        try await tools.run(ToolInvocation("kubectl", []))
      }

      try writeProgram("not a program", to: path)
      let error = await #expect(throws: ToolError.self) { try await tools.run(ToolInvocation("kubectl", [])) }
      guard case .notStarted(_, let reason) = error else { throw Unexpected(error) }
      #expect(reason == "it is not a program of this machine's kind")
    }
  }

  @Test func `shims come before the parent's PATH`() {
    let environment = ToolEnvironment(inheriting: ["PATH": "/usr/bin:relative:/bin"], shims: ["/shims"])
    #expect(environment.searchPath == ["/shims", "/usr/bin", "/bin"])
    #expect(environment.variables["PATH"] == "/shims:/usr/bin:/bin")
  }

  private struct Unexpected: Error {
    let error: ToolError?
    init(_ error: ToolError?) { self.error = error }
  }

  private static func processIdentifier(in file: String) throws -> Int32? {
    Int32(try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines))
  }

  /// Waits until a killed process is gone, which takes the kernel a moment; half a minute at most.
  private static func dies(_ process: Int32) async throws {
    for _ in 0..<600 where isAlive(process) { try await ContinuousClock().sleep(for: .milliseconds(50)) }
    #expect(!isAlive(process))
  }

  /// A process that nobody has reaped yet is dead all the same.
  private static func isAlive(_ process: Int32) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
      return kill(process, 0) == 0
    }
    return !status.contains(") Z ")
  }
}
