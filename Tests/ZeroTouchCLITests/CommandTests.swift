import Foundation
import TestSupport
import Testing
import ZeroTouchTools

@Test func `every command explains itself with examples, and each stands in a line of its own`() async throws {
  let program = BuiltProgram(in: BuiltProgram.packageRoot)
  var waiting: [[String]] = [[]]
  var explained = 0
  while let command = waiting.popLast() {
    let help = try await program.run(["help"] + command)
    #expect(help.status == 0 && help.narration.isEmpty, "\(command)")
    let parts = help.output.split(separator: "\n\n").map { $0.split(separator: "\n").map(String.init) }
    let examples = try #require(parts.first { $0[0].hasPrefix("EXAMPLE") }, "\(command)")
    // What is too long for eighty columns goes on at the beginning of the next line, and cannot be copied.
    #expect(examples.dropFirst().allSatisfy { $0.hasPrefix("  ") }, "\(command): \(examples)")
    let subcommands = parts.first { $0[0] == "SUBCOMMANDS:" }?.filter { $0.prefix { $0 == " " }.count == 2 } ?? []
    waiting += subcommands.compactMap { $0.split(separator: " ").first }.map { command + [String($0)] }
    explained += 1
  }
  #expect(explained > 30)
}

@Test func `the committed schema is the one that the program prints`() async throws {
  let answer = try await BuiltProgram(in: BuiltProgram.packageRoot).run(["schema"])
  let committed = try String(contentsOfFile: "\(BuiltProgram.packageRoot)/docs/zerotouch.schema.json", encoding: .utf8)
  #expect(answer.output.trimmingCharacters(in: .newlines) == committed.trimmingCharacters(in: .newlines))
}

@Test func `init writes a spec that plan accepts`() async throws {
  try await withTemporaryFolder { folder in
    try copyRepository(to: folder)
    let program = BuiltProgram(in: folder)
    let written = try await program.run(["init", "--name", "demo", "--worker-nodes", "worker01:203.0.113.20"])
    #expect(written.status == 0, "\(written.narration)")
    let plan = try await program.run(["plan"])
    #expect(plan.status == 0, "\(plan.narration)")
    #expect(plan.output.contains("join-worker/worker01"))
    #expect(plan.output.contains("inject external-secrets/aws-access-token"))
    let again = try await program.run(["init"])
    #expect(again.status == 2)
    #expect(again.narration.contains("exists"))
  }
}

@Test func `init follows the remote as it is written down, and leaves alone what is right`() async throws {
  try await withTemporaryFolder { folder in
    try copyRepository(to: folder)
    let git = """
      git init --quiet && git remote add origin https://github.com/you/platform.git \
        && git config url.https://mirror.example.org/.insteadOf https://github.com/
      """
    let made = try await shell(git, in: folder)
    #expect(made.status == 0, "\(made.errorText)")
    let program = BuiltProgram(in: folder)
    let first = try await program.run(["init"])
    #expect(first.narration.contains("Argo CD will follow https://github.com/you/platform.git at main"))
    let repository = "\(folder)/bootstrap/argocd/repository.yaml"
    #expect(
      try String(contentsOfFile: repository, encoding: .utf8).contains("\"https://github.com/you/platform.git\""))
    let before = try String(contentsOfFile: repository, encoding: .utf8).replacing("\"", with: "")
    try before.write(toFile: repository, atomically: true, encoding: .utf8)
    #expect(try await program.run(["init", "--force"]).status == 0)
    #expect(try String(contentsOfFile: repository, encoding: .utf8) == before)
  }
}

private func shell(_ script: String, in folder: String) async throws -> ToolOutput {
  let environment = ToolEnvironment(inheriting: [
    "PATH": "/usr/bin:/bin", "HOME": folder, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
  ])
  let tools = SubprocessToolRunner(environment: environment, clock: ContinuousClock())
  return try await tools.run(
    ToolInvocation("sh", ["-c", "cd \"$1\" && \(script)", "sh", folder], deadline: .seconds(300)))
}

@Test func `plan prints the same steps as text and as JSON`() async throws {
  try await withTemporaryFolder { folder in
    try copyRepository(to: folder)
    let program = BuiltProgram(in: folder)
    let text = try await program.run(["plan", "203.0.113.10"])
    let json = try await program.run(["plan", "203.0.113.10", "-o", "json"])
    let steps = try #require(
      (JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])?["steps"] as? [[String: Any]])
    let ids = steps.compactMap { $0["id"] as? String }
    #expect(ids.count > 10)
    for id in ids { #expect(text.output.contains("\n\(id): ") || text.output.hasPrefix("\(id): "), "\(id)") }
  }
}

@Test func `the repository's own platform fits into fifteen minutes and not into one`() async throws {
  try await withTemporaryFolder { folder in
    try copyRepository(to: folder)
    let program = BuiltProgram(in: folder)
    let workers = "worker01:203.0.113.20,worker02:203.0.113.21"
    let enough = try await program.run(["plan", "203.0.113.10", "--worker-nodes", workers, "--budget", "15m"])
    #expect(enough.status == 0, "\(enough.narration)")
    let tight = try await program.run(["plan", "203.0.113.10", "--worker-nodes", workers, "--budget", "1m"])
    #expect(tight.status == 1)
    #expect(tight.narration.contains("`install-os/cp01`"))
  }
}
